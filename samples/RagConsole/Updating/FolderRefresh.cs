using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.VectorData;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Updating;

/// <summary>Brings the indexed folders of a database up to date. Files with the recorded size and time are not read.</summary>
internal sealed class FolderRefresh(PassageStore store, Ingester ingester)
{
    /// <summary>Less is read before anyone could see the progress.</summary>
    private const long QuickBytes = 1 << 16;

    private volatile WorkProgress? _progress;

    /// <summary>Gets the progress of the documents that are being ingested, or null.</summary>
    public WorkProgress? Progress => _progress;

    /// <summary>Gets the message of a process that waits for the lock of a database.</summary>
    public static string WaitMessage => "Another process is updating the database. Waiting until it is done.";

    /// <summary>Brings folders up to date, unless another process is updating the database, or the database cannot be written.</summary>
    /// <param name="roots">The folders. If empty, all folders are brought up to date.</param>
    /// <param name="note">Receives one line for each problem that was not reported before, and for each folder that is missing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The counts of all folders, or null.</returns>
    public async Task<IngestCounts?> TryRefreshAsync(
        IReadOnlyList<string> roots, Action<string> note, CancellationToken cancellationToken)
    {
        try
        {
            using var acquired = DatabaseLock.TryAcquire(store.Database);
            if (acquired is not null)
            {
                return await RefreshLockedAsync(roots, note, cancellationToken);
            }

            note("Another process is updating the database. The answer comes from its current state.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or VectorStoreException)
        {
            note($"The database could not be brought up to date. The answer comes from its current state. {error.Message}");
        }

        return null;
    }

    /// <summary>Brings one folder up to date. The caller has the lock of the database.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="documents">The documents in the folder.</param>
    /// <param name="notListed">The lines about files and subfolders that are not among the documents.</param>
    /// <param name="readAll">Whether to read all documents, even if their sizes and times are as recorded.</param>
    /// <param name="warn">Receives one line for each problem that was not reported before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IngestCounts> UpdateAsync(
        FolderCollection folder,
        DocumentList documents,
        IReadOnlyList<string> notListed,
        bool readAll,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        var plan = await ingester.PlanAsync(documents, readAll, cancellationToken);
        return await RunAsync(folder, plan, notListed, warn, cancellationToken);
    }

    private async Task<IngestCounts> RefreshLockedAsync(
        IReadOnlyList<string> roots, Action<string> warn, CancellationToken cancellationToken)
    {
        var total = new IngestCounts(0, 0, 0, 0, 0, 0);
        foreach (var folder in await store.ListFoldersAsync(cancellationToken))
        {
            if ((roots.Count == 0 || roots.Contains(folder.Root))
                && await RefreshAsync(folder, warn, cancellationToken) is { } counts)
            {
                total += counts;
            }
        }

        return total;
    }

    /// <summary>Brings one folder up to date. Nothing is removed because a folder cannot be reached. The caller has the lock.</summary>
    /// <returns>The counts, or null if the folder is missing or empty.</returns>
    public async Task<IngestCounts?> RefreshAsync(FolderCollection folder, Action<string> warn, CancellationToken cancellationToken)
    {
        var notListed = new List<string>();
        DocumentList documents;
        try
        {
            documents = DocumentFolder.List(folder.Root, notListed.Add);
        }
        catch (DirectoryNotFoundException)
        {
            warn($"The folder {Printable.Name(folder.Root)} does not exist now. Its passages stay in the database.");
            return null;
        }

        var plan = await ingester.PlanAsync(documents, readAll: false, cancellationToken);
        if (documents.Entries.Count == 0 && plan.Deleted.Count > 0)
        {
            // The folder of a volume that is not mounted is empty.
            warn(
                $"The folder {Printable.Name(folder.Root)} no longer contains documents. Its passages stay in the database. "
                + $"To remove them, run '{Tool.Name} forget {folder.Name}'.");
            return null;
        }

        return await RunAsync(folder, plan, notListed, warn, cancellationToken);
    }

    /// <summary>Ingests documents of a folder and records that it is up to date. The caller has the lock.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">The documents.</param>
    /// <param name="notListed">The lines about files and subfolders that are not listed. If null, they are as before.</param>
    /// <param name="warn">Receives one line for each problem that was not reported before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IngestCounts> RunAsync(
        FolderCollection folder,
        IngestPlan plan,
        IReadOnlyList<string>? notListed,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        var reported = folder.GetNotListed().ToHashSet();
        foreach (var line in (notListed ?? []).Where(line => !reported.Contains(line)))
        {
            warn(line);
        }

        var counts = await RunAsync(plan, warn, cancellationToken);
        var lines = notListed is null ? folder.NotListed : string.Join('\n', notListed.Order(StringComparer.Ordinal));
        if (!plan.IsEmpty || lines != folder.NotListed || folder.IngestedAt == default)
        {
            await store.Folders.UpsertAsync(folder with { NotListed = lines, IngestedAt = DateTime.UtcNow }, cancellationToken);
        }

        return counts;
    }

    /// <summary>Ingests documents. Shows the progress, unless there is little to read.</summary>
    public async Task<IngestCounts> RunAsync(IngestPlan plan, Action<string> warn, CancellationToken cancellationToken)
    {
        if (plan.Bytes <= QuickBytes)
        {
            return await ingester.RunAsync(plan, warn, _ => { }, cancellationToken);
        }

        try
        {
            return await ProgressDisplay.RunAsync($"{plan.ToRead.Count} files", report =>
            {
                var clock = Stopwatch.StartNew();
                Report(new(0, 0));
                return ingester.RunAsync(plan, warn, Report, cancellationToken);

                void Report(IngestProgress progress)
                {
                    var speed = string.Create(CultureInfo.InvariantCulture, $"{progress.Embedded / clock.Elapsed.TotalSeconds:F0}/s");
                    var work = new WorkProgress(progress.Bytes, plan.Bytes, $"{progress.Embedded:N0} passages embedded, {speed}");
                    _progress = work;
                    report(work);
                }
            });
        }
        finally
        {
            _progress = null;
        }
    }
}
