namespace RagConsole.Passages;

/// <summary>Collects passages, and stores them together with the documents that are complete with them.</summary>
/// <remarks>One batch is embedded and stored while the next is read and split. This class is for one caller at a time.</remarks>
internal sealed class PassageBatch(PassageStore store)
{
    /// <summary>Large enough to keep all processors busy, small enough to lose when the process is killed.</summary>
    private const int Size = 256;

    private List<Passage> _passages = [];
    private List<IngestedFile> _files = [];
    private Task<int> _storing = Task.FromResult(0);

    /// <summary>Gets the number of passages that were stored.</summary>
    public int Stored { get; private set; }

    /// <summary>Adds a passage. Returns whether the batch is full and is now being stored.</summary>
    public async Task<bool> AddAsync(Passage passage, CancellationToken cancellationToken)
    {
        _passages.Add(passage);
        if (_passages.Count < Size)
        {
            return false;
        }

        await StoreAsync(cancellationToken);
        return true;
    }

    /// <summary>Marks a document as complete: all its passages were added.</summary>
    public void Complete(IngestedFile file) => _files.Add(file);

    /// <summary>Stores all remaining passages.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await StoreAsync(cancellationToken);
        Stored += await _storing;
    }

    /// <summary>Waits until the previous batch is stored and starts to store this one.</summary>
    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        Stored += await _storing;
        _storing = StoreAsync(_passages, _files, cancellationToken);
        (_passages, _files) = ([], []);
    }

    /// <summary>Stores the passages before the documents, so that a document is complete only after its last passage.</summary>
    private async Task<int> StoreAsync(List<Passage> passages, List<IngestedFile> files, CancellationToken cancellationToken)
    {
        await store.Passages.UpsertAsync(passages, cancellationToken);
        await store.Files.UpsertAsync(files, cancellationToken);
        return passages.Count;
    }
}
