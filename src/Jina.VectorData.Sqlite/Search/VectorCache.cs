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
    private readonly Dictionary<(long Collection, string Column, VectorForm Form), Entry> _entries = [];
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

    /// <summary>Returns the vectors that a transaction sees.</summary>
    /// <param name="state">The state of the collection in the transaction.</param>
    /// <param name="column">The column of the vectors.</param>
    /// <param name="form">The form of the vectors.</param>
    /// <param name="reader">The reader of vectors that are not cached.</param>
    /// <param name="mayRead">Whether vectors that are not cached are read.</param>
    /// <returns><see langword="null"/> if the vectors exceed the limit or would have to be read.</returns>
    /// <exception cref="OutdatedTransactionException">The cached vectors are those of a later state.</exception>
    public VectorSnapshot? Get(CollectionState state, string column, VectorForm form, CodeReader reader, bool mayRead)
    {
        if (VectorSnapshot.BytesNeeded(state, form, reader.Dimensions) > maxBytes)
        {
            return null;
        }

        var entry = Use((state.Id, column, form));
        lock (entry)
        {
            var known = entry.Snapshot ?? VectorSnapshot.CreateEmpty(state, form);
            if (known.State.LastId > state.LastId || known.State.Removals > state.Removals)
            {
                throw new OutdatedTransactionException(state.Id);
            }

            if (known.State != state)
            {
                if (!mayRead)
                {
                    return null;
                }

                // A state that is not one of this file's earlier ones is that of a file that was restored or replaced.
                var start = entry.Snapshot is null || reader.Continues(known.State) ? known : VectorSnapshot.CreateEmpty(state, form);
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

    private Entry Use((long Collection, string Column, VectorForm Form) key)
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
