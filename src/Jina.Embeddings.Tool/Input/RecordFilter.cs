namespace Jina.Embeddings.Tool.Input;

/// <summary>Selects the records of a shard behind those that are done, and finds repeated IDs.</summary>
internal sealed class RecordFilter(RecordSelection selection)
{
    private readonly IdSet _ids = new();

    /// <summary>Determines whether a record belongs to the shard. Other records need not be valid.</summary>
    public bool IsInShard(long index) => selection.Shard.Contains(index);

    /// <summary>Adds a record of the shard to a window, unless it is done.</summary>
    /// <exception cref="FormatException">An earlier record of the shard has the same ID.</exception>
    public void Add(InputRecord record, List<InputRecord> window)
    {
        if (record.Id is not null && !_ids.Add(record.Id))
        {
            throw new FormatException($"found the ID '{record.Id}' a second time, expected different IDs. Correct one of the records.");
        }

        if (record.Index >= selection.First)
        {
            window.Add(record);
        }
    }
}
