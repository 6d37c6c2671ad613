using Microsoft.Extensions.VectorData;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Updating;

/// <summary>Keeps the indexed folders of a database up to date while they change.</summary>
internal sealed class FolderWatch(PassageStore store, Ingester ingester, FolderRefresh refresh)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an update that failed, for example because the disk is full.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly TouchedFiles _touched = new(store, ingester);
    private readonly PendingChanges _changes = new();

    /// <summary>Watches all folders, also those that are added later, until the token is canceled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(roots: [], (_, _) => { }, Status.Warning, cancellationToken);

    /// <summary>Watches folders until the token is canceled.</summary>
    /// <param name="roots">The folders, which are collections of the database. If empty, all folders are watched.</param>
    /// <param name="report">Receives the result of each update that changed passages, and of the first one of each folder.</param>
    /// <param name="warn">Receives one line for each problem that was not reported before.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(
        IReadOnlyCollection<string> roots,
        Action<FolderCollection, IngestCounts> report,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var checks = CheckAsync(roots, warn, stop.Token);
        var reported = new HashSet<string>();
        try
        {
            while (true)
            {
                var taking = _changes.TakeAsync(stop.Token);
                await await Task.WhenAny(taking, checks);
                await ApplyAsync(await taking, Report, warn, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await checks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Report(FolderCollection folder, IngestCounts counts)
        {
            if (reported.Add(folder.Root) || counts.HasChanges)
            {
                report(folder, counts);
            }
        }
    }

    /// <summary>Watches the folders that are in the database, and checks them regularly.</summary>
    private async Task CheckAsync(IReadOnlyCollection<string> roots, Action<string> warn, CancellationToken cancellationToken)
    {
        var watched = new Dictionary<string, WatchedFolder>();
        using var timer = new PeriodicTimer(CheckInterval);
        try
        {
            do
            {
                var folders = (await store.ListFoldersAsync(cancellationToken))
                    .Select(folder => folder.Root)
                    .Where(root => roots.Count == 0 || roots.Contains(root))
                    .ToHashSet();
                foreach (var removed in watched.Keys.Except(folders).ToList())
                {
                    watched.Remove(removed, out var folder);
                    folder!.Dispose();
                }

                foreach (var root in folders)
                {
                    if (!watched.TryGetValue(root, out var folder))
                    {
                        watched[root] = folder = new WatchedFolder(root, _changes, warn);
                    }

                    folder.Check();
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        finally
        {
            foreach (var folder in watched.Values)
            {
                folder.Dispose();
            }
        }
    }

    private async Task ApplyAsync(
        IReadOnlyDictionary<string, HashSet<string>?> changes,
        Action<FolderCollection, IngestCounts> report,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        try
        {
            using var acquired = await DatabaseLock.AcquireAsync(
                store.Database, () => warn(FolderRefresh.WaitMessage), cancellationToken);
            foreach (var folder in await store.ListFoldersAsync(cancellationToken))
            {
                if (changes.TryGetValue(folder.Root, out var paths) && Directory.Exists(folder.Root)
                    && await ApplyAsync(folder, paths, warn, cancellationToken) is { } counts)
                {
                    report(folder, counts);
                }
            }
        }
        catch (Exception error) when (error is VectorStoreException or IOException or UnauthorizedAccessException)
        {
            // The next check or change tries again, with a scan that finds everything that is missing.
            warn($"An update failed and will be repeated: {error.Message}");
            foreach (var root in changes.Keys)
            {
                _changes.AddAll(root);
            }

            await Task.Delay(RetryPause, cancellationToken);
        }
    }

    /// <summary>Applies the changes of a folder. The caller has the lock.</summary>
    private async Task<IngestCounts?> ApplyAsync(
        FolderCollection folder, HashSet<string>? paths, Action<string> warn, CancellationToken cancellationToken)
    {
        var plan = paths is null ? null : await _touched.PlanAsync(folder, paths, cancellationToken);
        return plan is null
            ? await refresh.RefreshAsync(folder, warn, cancellationToken)
            : await refresh.RunAsync(folder, plan, notListed: null, warn, cancellationToken);
    }
}
