using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Reads vectors out of the file.</summary>
/// <param name="dataTable">The collection's data table, quoted.</param>
/// <param name="vectorTable">The table of the vectors, quoted.</param>
/// <param name="dimensions">Their length.</param>
internal sealed class VectorLoader(string dataTable, string vectorTable, int dimensions)
{
    private static readonly string Id = CollectionTables.Id;

    /// <summary>Does something with a vector, which lasts only as long as the call.</summary>
    public delegate void VectorAction(long id, ReadOnlySpan<float> vector);

    public int Dimensions => dimensions;

    /// <summary>Reads the vectors whose ids are above a value, by ascending id.</summary>
    public void ReadAbove(SqliteConnection connection, long id, VectorAction action, CancellationToken cancellationToken)
    {
        using var command = connection.Command($"SELECT {Id}, {CollectionTables.Vector} FROM {vectorTable} WHERE {Id} > $1 ORDER BY {Id}", id);
        Read(command, action, cancellationToken);
    }

    /// <summary>Reads the vectors of ids; an id without a vector is passed over.</summary>
    public void ReadEach(SqliteConnection connection, long[] ids, VectorAction action, CancellationToken cancellationToken)
    {
        using var command = connection.Command($"SELECT {Id}, {CollectionTables.Vector} FROM {vectorTable} WHERE {Id} = $1", 0L);
        foreach (var id in ids)
        {
            command.Parameters[0].Value = id;
            Read(command, action, cancellationToken);
        }
    }

    /// <summary>Returns a snapshot of what the transaction sees, made from an earlier one where that saves reading.</summary>
    public VectorSnapshot Load(SqliteConnection connection, CollectionState state, VectorSnapshot? known, CancellationToken cancellationToken)
    {
        // What a rewritten collection left behind is dropped once it outweighs what is left.
        var needed = (state.LastId - state.Removals) * VectorBlock.BytesPerVector(dimensions);
        if (known is null || known.Bytes > 2 * needed)
        {
            known = new VectorSnapshot(state with { LastId = 0, Removals = 0 }, dimensions, []);
        }

        var parts = known.State.Removals == state.Removals || known.Parts.IsEmpty ? known.Parts : WithoutRemoved(connection, known.Parts);
        return new VectorSnapshot(state, dimensions, WithAdded(connection, parts, known.State, state, cancellationToken));
    }

    private ImmutableList<VectorSnapshot.Part> WithoutRemoved(SqliteConnection connection, ImmutableList<VectorSnapshot.Part> parts)
    {
        var ids = connection.Query($"SELECT {Id} FROM {dataTable}", row => row.GetInt64(0)).ToHashSet();
        var kept = ImmutableList.CreateBuilder<VectorSnapshot.Part>();
        foreach (var part in parts)
        {
            var removed = new bool[part.Count];
            var count = 0;
            for (var i = 0; i < part.Count; i++)
            {
                removed[i] = !ids.Contains(part.Block.IdAt(i));
                count += removed[i] ? 1 : 0;
            }

            if (count < part.Count)
            {
                kept.Add(part with { Removed = count == 0 ? null : removed });
            }
        }

        return kept.ToImmutable();
    }

    private ImmutableList<VectorSnapshot.Part> WithAdded(SqliteConnection connection, ImmutableList<VectorSnapshot.Part> parts, CollectionState from, CollectionState to, CancellationToken cancellationToken)
    {
        var added = parts.ToBuilder();

        // A block that holds more than its part is in use by another snapshot, or by a load that was cancelled.
        var growing = parts is [.., var last] && last.Count == last.Block.Count && !last.Block.IsFull ? last.Block : null;
        var firstGrown = growing is null ? parts.Count : parts.Count - 1;
        ReadAbove(connection, from.LastId, (id, vector) =>
        {
            if (growing is null or { IsFull: true })
            {
                growing = new VectorBlock(dimensions, to.LastId - id + 1);
                added.Add(new VectorSnapshot.Part(growing, 0, null));
            }

            growing.Append(id, vector);
        }, cancellationToken);
        for (var i = firstGrown; i < added.Count; i++)
        {
            added[i] = Grown(added[i]);
        }

        return added.ToImmutable();
    }

    private static VectorSnapshot.Part Grown(VectorSnapshot.Part part)
    {
        var removed = part.Removed;
        Array.Resize(ref removed, part.Block.Count);
        return part with { Count = part.Block.Count, Removed = part.Removed is null ? null : removed };
    }

    /// <summary>Reads straight from SQLite's memory: the reader of the ADO.NET provider copies every blob.</summary>
    private static void Read(SqliteCommand command, VectorAction action, CancellationToken cancellationToken)
    {
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            action(raw.sqlite3_column_int64(row.Handle, 0), MemoryMarshal.Cast<byte, float>(raw.sqlite3_column_blob(row.Handle, 1)));
        }
    }
}
