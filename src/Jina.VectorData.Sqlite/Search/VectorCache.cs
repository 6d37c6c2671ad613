using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Keeps the vectors that were searched in memory, up to a limit; those longest unused go first.</summary>
/// <remarks>Every search compares the state of its transaction with that of the vectors, so the cache follows the file, whoever writes to it. Safe for concurrent use.</remarks>
internal sealed class VectorCache(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Collection, string Column), Entry> _entries = [];
    private long _uses;

    /// <summary>The memory that the kept vectors take.</summary>
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

    /// <summary>Returns the vectors that a transaction sees, or null where they are more than may be kept.</summary>
    /// <exception cref="OutdatedTransactionException">Another search has seen a later state meanwhile.</exception>
    public VectorSnapshot? Load(SqliteConnection connection, CollectionState state, string column, VectorLoader loader, CancellationToken cancellationToken)
    {
        // Every row got an id, and every row that went was counted.
        if ((state.LastId - state.Removals) * VectorBlock.BytesPerVector(loader.Dimensions) > maxBytes)
        {
            return null;
        }

        var entry = Use((state.Id, column));
        lock (entry)
        {
            if (entry.Snapshot?.State != state)
            {
                if (entry.Snapshot is { } later && (later.State.LastId > state.LastId || later.State.Removals > state.Removals))
                {
                    throw new OutdatedTransactionException(state.Id);
                }

                entry.Snapshot = loader.Load(connection, state, entry.Snapshot, cancellationToken);
            }

            MakeRoom(entry, entry.Snapshot.Bytes);
            return entry.Snapshot;
        }
    }

    /// <summary>Forgets the vectors of a collection.</summary>
    public void Forget(long collection)
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
