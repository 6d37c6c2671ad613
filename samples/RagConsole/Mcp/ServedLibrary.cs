using Jina.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using ModelContextProtocol;
using RagConsole.Commands;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Mcp;

/// <summary>Represents the indexed files of an MCP server. The model is loaded and files are indexed while the server answers.</summary>
internal sealed class ServedLibrary(Func<ModelChoice, string, Kernel> wire, McpSettings settings)
{
    private const int MaxProblems = 10;

    /// <summary>A model in the cache is loaded in less time, and clients wait longer for a tool.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource<OpenLibrary> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _problems = [];
    private FolderRefresh? _refresh;
    private volatile bool _isWaiting;
    private volatile string? _failure;

    /// <summary>Loads the model, adds the folders and keeps all folders of the database up to date until the token is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var session = await Session.OpenForIngestAsync(wire, settings.Database, settings.Model, cancellationToken);
            var services = session.Kernel.Services;
            var store = services.GetRequiredService<PassageStore>();
            await store.OpenAsync(cancellationToken);
            var tokenizer = await services.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);
            using var reader = new FileReader(tokenizer);
            _refresh = services.GetRequiredService<FolderRefresh>();
            _opened.SetResult(new OpenLibrary(
                session.Model,
                tokenizer,
                store,
                services.GetRequiredService<PassageSearch>(),
                services.GetRequiredService<Relevance>(),
                new IndexedFiles(store),
                reader));
            await UpdateAsync(store, services.GetRequiredService<FolderWatch>(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client is gone, or the user stopped the server.
        }
        catch (Exception error)
        {
            // The server stays, so that the error reaches the user.
            Fail(error);
        }
        finally
        {
            _opened.TrySetException(new ToolException($"The index cannot be opened: {_failure ?? "the server is stopping."}"));
        }
    }

    /// <summary>Returns the library as soon as the model is loaded and something is indexed.</summary>
    /// <param name="progress">Receives messages in the meantime.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ToolException">The model is not loaded yet, or it cannot be loaded.</exception>
    public async Task<OpenLibrary> OpenAsync(IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken)
    {
        var waited = TimeSpan.Zero;
        if (!await WaitAsync(() => Task.FromResult(_opened.Task.IsCompleted), "The embedding model is being loaded."))
        {
            throw new ToolException(
                "The embedding model is still being loaded or downloaded. Try again in a minute. 'status' shows the state.");
        }

        var open = await _opened.Task;
        await WaitAsync(() => HasPassagesAsync(open.Store, cancellationToken), "The first files are being indexed.");
        return open;

        async Task<bool> WaitAsync(Func<Task<bool>> isDone, string message)
        {
            var end = waited + Patience;
            while (!await isDone())
            {
                if (waited >= end)
                {
                    return false;
                }

                // The progress of a call must increase.
                waited += PollInterval;
                if (waited.Milliseconds == PollInterval.Milliseconds)
                {
                    progress?.Report(new ProgressNotificationValue { Progress = (float)waited.TotalSeconds, Message = message });
                }

                await Task.Delay(PollInterval, cancellationToken);
            }

            return true;
        }
    }

    /// <summary>Returns why results can be incomplete, or null.</summary>
    /// <param name="folders">The folders in the database.</param>
    public string? FindGap(IReadOnlyCollection<FolderCollection> folders) => (_failure, _refresh?.Progress) switch
    {
        ({ } failure, _) => $"The index is no longer updated: {failure}",
        (_, { } progress) => $"Indexing is in progress ({GetPercent(progress)} %), so results can be missing.",
        _ when IsStarting(folders) => "Indexing is starting, so results can be missing.",
        _ => null,
    };

    /// <summary>Returns the records of the files with passages. Does not wait for the model.</summary>
    public async Task<IReadOnlyList<IngestedFile>> ListFilesAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Files.Where(file => file.IsStored)];

    /// <summary>Returns the state. Does not wait for the model.</summary>
    public async Task<StatusResult> DescribeAsync(CancellationToken cancellationToken)
    {
        var (files, folders) = await ReadAsync(cancellationToken);
        var isOpen = _opened.Task.IsCompletedSuccessfully;
        var progress = _refresh?.Progress;
        var (state, detail) = (_failure, isOpen, progress) switch
        {
            ({ } failure, _, _) => ("failed", $"{failure} Restart the server after correcting this."),
            (_, false, _) => ("loading", "The embedding model is being loaded. If it is not cached, it is downloaded first."),
            (_, _, { } work) => ("indexing", $"{work.Detail}."),
            _ when IsWaiting() => ("waiting", $"{FolderRefresh.WaitMessage} Searches use the current index."),
            _ when IsStarting(folders) => ("indexing", "Files are being listed."),
            _ => ("ready", "All folders are up to date and are watched for changes."),
        };
        var byRoot = files.ToLookup(file => file.Root);
        return new StatusResult(
            state,
            detail,
            progress is { } current ? GetPercent(current) : null,
            isOpen ? (await _opened.Task).Model.Model.Name : null,
            settings.Database,
            [.. folders.Select(folder => new CollectionStatus(
                folder.Name,
                folder.Root,
                byRoot[folder.Root].Count(file => file.Passages > 0),
                byRoot[folder.Root].Sum(file => file.Passages),
                byRoot[folder.Root].Count(file => file.Problem.Length > 0)))],
            GetProblems());
    }

    private static int GetPercent(WorkProgress progress) => (int)(100 * progress.Done / Math.Max(1, progress.Total));

    /// <summary>Determines whether another process is updating the database, so that this one waits.</summary>
    private bool IsWaiting()
    {
        if (_isWaiting)
        {
            // The watch reports the start of the wait, but not its end.
            using var acquired = DatabaseLock.TryAcquire(settings.Database);
            _isWaiting = acquired is null;
        }

        return _isWaiting;
    }

    /// <summary>Determines whether a folder was never completely indexed.</summary>
    private bool IsStarting(IReadOnlyCollection<FolderCollection> folders) =>
        folders.Count < settings.Folders.Count || folders.Any(folder => folder.IngestedAt == default);

    private async Task<bool> HasPassagesAsync(PassageStore store, CancellationToken cancellationToken) =>
        _failure is not null
        || IsWaiting()
        || !IsStarting(await store.ListFoldersAsync(cancellationToken))
        || await store.Files.GetAsync(file => file.Version != "", top: 1, cancellationToken: cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Keeps the folders up to date. If that fails, the index stays open for searches until the token is canceled.</summary>
    private async Task UpdateAsync(PassageStore store, FolderWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            await AddFoldersAsync(store, cancellationToken);
            await watch.RunAsync(roots: [], Report, Warn, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(error);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    private async Task AddFoldersAsync(PassageStore store, CancellationToken cancellationToken)
    {
        var catalog = new CollectionCatalog(store);
        using var acquired = await DatabaseLock.AcquireAsync(store.Database, () => Warn(FolderRefresh.WaitMessage), cancellationToken);
        _isWaiting = false;
        foreach (var folder in settings.Folders)
        {
            await catalog.AddAsync(folder, settings.Collection, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<IngestedFile> Files, IReadOnlyList<FolderCollection> Folders)> ReadAsync(
        CancellationToken cancellationToken)
    {
        if (_opened.Task.IsCompletedSuccessfully)
        {
            var store = (await _opened.Task).Store;
            return (await store.ListFilesAsync(root: null, cancellationToken), await store.ListFoldersAsync(cancellationToken));
        }

        if (!File.Exists(settings.Database))
        {
            return ([], []);
        }

        var library = await Library.ReadAsync(settings.Database, cancellationToken);
        return (library.Files, library.Collections);
    }

    private void Report(FolderCollection folder, IngestCounts counts)
    {
        _isWaiting = false;
        Status.Note($"{folder.Name}: {counts.Files} files, {counts.Embedded} passages embedded, {counts.Removed} removed.");
    }

    private void Fail(Exception error)
    {
        _failure = Printable.Line(error.Message);
        Status.Error(error.Message);
    }

    private void Warn(string line)
    {
        Status.Warning(line);
        if (line == FolderRefresh.WaitMessage)
        {
            _isWaiting = true;
            return;
        }

        lock (_problems)
        {
            _problems.Enqueue(Printable.Line(line));
            while (_problems.Count > MaxProblems)
            {
                _problems.Dequeue();
            }
        }
    }

    private string[] GetProblems()
    {
        lock (_problems)
        {
            return [.. _problems];
        }
    }
}
