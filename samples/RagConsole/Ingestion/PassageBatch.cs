using RagConsole.Retrieval;

namespace RagConsole.Ingestion;

/// <summary>Passages that wait to be embedded and stored together, and the documents that are complete with them.</summary>
/// <remarks>One batch is embedded and stored while the next is read and cut. For one caller at a time.</remarks>
internal sealed class PassageBatch(PassageStore store)
{
    private List<Passage> _passages = [];
    private List<IngestedFile> _files = [];
    private Task<int> _storing = Task.FromResult(0);

    /// <summary>How many passages wait.</summary>
    public int Count => _passages.Count;

    /// <summary>How many were stored.</summary>
    public int Stored { get; private set; }

    public void Add(Passage passage) => _passages.Add(passage);

    /// <summary>Says that all passages of a document were added.</summary>
    public void Complete(IngestedFile file) => _files.Add(file);

    /// <summary>Starts to store what waits, once what was started before is stored.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        Stored += await _storing;
        _storing = StoreAsync(_passages, _files, cancellationToken);
        (_passages, _files) = ([], []);
    }

    /// <summary>Stores all that waits.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await StoreAsync(cancellationToken);
        Stored += await _storing;
    }

    /// <summary>The documents come after their passages: what is not complete does not count.</summary>
    private async Task<int> StoreAsync(List<Passage> passages, List<IngestedFile> files, CancellationToken cancellationToken)
    {
        await store.Passages.UpsertAsync(passages, cancellationToken);
        await store.Files.UpsertAsync(files, cancellationToken);
        return passages.Count;
    }
}
