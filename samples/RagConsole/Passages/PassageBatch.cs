namespace RagConsole.Passages;

/// <summary>Collects passages and changes of documents, and stores them together.</summary>
/// <remarks>
/// A document is found with its earlier passages until all its new passages are stored, and with the new ones after that. One batch is
/// embedded and stored while the next is read and split. This class is for one caller at a time.
/// </remarks>
internal sealed class PassageBatch(PassageStore store)
{
    /// <summary>Large enough to keep all processors busy, small enough to lose when the process is killed.</summary>
    private const int Size = 256;

    /// <summary>Documents without new passages need little memory.</summary>
    private const int MaxFiles = 1024;

    private Content _next = new();
    private Task<Counts> _storing = Task.FromResult(default(Counts));

    /// <summary>Gets the number of passages that were stored.</summary>
    public int Stored { get; private set; }

    /// <summary>Gets the number of passages that were replaced or removed.</summary>
    public int Removed { get; private set; }

    /// <summary>Adds the new version of a document.</summary>
    /// <param name="before">The record of the earlier version. If null, the document is new.</param>
    /// <param name="after">The record of the new version.</param>
    /// <param name="passages">The passages of the new version.</param>
    /// <param name="progress">Receives the share of the passages that were added, after each batch.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task ReplaceAsync(
        IngestedFile? before,
        IngestedFile after,
        IReadOnlyList<Passage> passages,
        Action<double> progress,
        CancellationToken cancellationToken)
    {
        var begun = before ?? after with { Hash = "", Version = "", Passages = 0, Problem = "" };
        _next.Begun.Add(begun with { Stamp = "", IsChanging = true });
        foreach (var (number, passage) in passages.Index())
        {
            _next.Passages.Add(passage);
            if (_next.Passages.Count >= Size)
            {
                await StoreAsync(cancellationToken);
                progress((number + 1.0) / passages.Count);
            }
        }

        _next.Complete.Add((before, after));
        await StoreIfManyAsync(cancellationToken);
    }

    /// <summary>Adds the record of a document whose passages stay as they are.</summary>
    public async Task UpdateAsync(IngestedFile file, CancellationToken cancellationToken)
    {
        _next.Updated.Add(file);
        await StoreIfManyAsync(cancellationToken);
    }

    /// <summary>Stores everything that was added.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await StoreAsync(cancellationToken);
        Count(await _storing);
    }

    private Task StoreIfManyAsync(CancellationToken cancellationToken) =>
        _next.Complete.Count + _next.Updated.Count >= MaxFiles ? StoreAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Waits until the previous batch is stored and starts to store this one.</summary>
    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        Count(await _storing);
        _storing = StoreAsync(_next, cancellationToken);
        _next = new();
    }

    private void Count(Counts counts) => (Stored, Removed) = (Stored + counts.Stored, Removed + counts.Removed);

    private async Task<Counts> StoreAsync(Content content, CancellationToken cancellationToken)
    {
        await store.Files.UpsertAsync(content.Begun, cancellationToken);
        await store.Passages.UpsertAsync(content.Passages, cancellationToken);

        // From here on, the new passages are found.
        await store.Files.UpsertAsync(
            content.Complete.Select(change => change.After with { IsChanging = LeavesPassages(change.Before) }).Concat(content.Updated),
            cancellationToken);

        var removed = 0;
        var outdated = new List<string>();
        var replaced = content.Complete.Where(change => LeavesPassages(change.Before)).ToList();
        foreach (var (before, after) in replaced)
        {
            var keys = before!.IsChanging
                ? await store.FindKeysAsync(before.Source, cancellationToken)
                : [.. before.GetKeys()];
            removed += before.Passages;
            outdated.AddRange(keys.Except(after.GetKeys()));
        }

        await store.Passages.DeleteAsync(outdated, cancellationToken);
        await store.Files.UpsertAsync(replaced.Select(change => change.After), cancellationToken);
        return new Counts(content.Passages.Count, removed);
    }

    private static bool LeavesPassages(IngestedFile? before) => before is { Passages: > 0 } or { IsChanging: true };

    private readonly record struct Counts(int Stored, int Removed);

    private sealed class Content
    {
        public List<IngestedFile> Begun { get; } = [];

        public List<Passage> Passages { get; } = [];

        public List<(IngestedFile? Before, IngestedFile After)> Complete { get; } = [];

        public List<IngestedFile> Updated { get; } = [];
    }
}
