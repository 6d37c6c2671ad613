using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Keeps the vectors of searched collections in memory, up to a limit. The least recently used ones are removed first.</summary>
/// <remarks>
/// Every search compares the state of its transaction with that of the cached vectors, so the cache follows the file, even if
/// another program writes to it or restores an older copy. Safe for concurrent use.
/// </remarks>
internal sealed class VectorCache(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Collection, string Column), Entry> _entries = [];
    private long _uses;

    /// <summary>Gets the memory that the cached vectors use.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _entries.Values.Sum(entry => entry.Bytes);
            }
        }
    }

    /// <summary>Returns the vectors that a transaction sees, or <see langword="null"/> if they exceed the limit.</summary>
    /// <exception cref="OutdatedTransactionException">The cached vectors are those of a later state.</exception>
    public VectorSnapshot? Get(CollectionState state, string column, VectorReader reader)
    {
        if (VectorSnapshot.BytesNeeded(state, reader.Dimensions) > maxBytes)
        {
            return null;
        }

        var entry = Use((state.Id, column));
        lock (entry)
        {
            var known = entry.Snapshot ?? VectorSnapshot.CreateEmpty(state);
            if (known.State.LastId > state.LastId || known.State.Removals > state.Removals)
            {
                throw new OutdatedTransactionException(state.Id);
            }

            if (known.State != state)
            {
                // A state that is not one of this file's earlier ones is that of a file that was restored or replaced.
                var start = entry.Snapshot is null || reader.Continues(known.State) ? known : VectorSnapshot.CreateEmpty(state);
                known = start.Advance(state, reader);
            }

            entry.Snapshot = known;
            MakeRoom(entry, entry.Snapshot.Bytes);
            return entry.Snapshot;
        }
    }

    /// <summary>Removes the vectors of a collection.</summary>
    public void Remove(long collection)
    {
        lock (_lock)
        {
            foreach (var key in _entries.Keys.Where(key => key.Collection == collection).ToList())
            {
                _entries.Remove(key);
            }
        }
    }

    private Entry Use((long Collection, string Column) key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries.Add(key, entry = new Entry());
            }

            entry.LastUse = ++_uses;
            return entry;
        }
    }

    private void MakeRoom(Entry used, long bytes)
    {
        lock (_lock)
        {
            used.Bytes = bytes;
            var total = _entries.Values.Sum(entry => entry.Bytes);
            foreach (var (key, entry) in _entries.Where(pair => pair.Value != used).OrderBy(pair => pair.Value.LastUse).ToList())
            {
                if (total <= maxBytes)
                {
                    break;
                }

                _entries.Remove(key);
                total -= entry.Bytes;
            }
        }
    }

    private sealed class Entry
    {
        public VectorSnapshot? Snapshot { get; set; }

        public long Bytes { get; set; }

        public long LastUse { get; set; }
    }
}

/// <summary>Reports that the cached vectors are those of a later state than a transaction sees. A new transaction can use them.</summary>
internal sealed class OutdatedTransactionException(long collection) : Exception
{
    /// <summary>Gets the collection's ID in the catalog.</summary>
    public long Collection => collection;
}
