namespace Jina.VectorData.Sqlite.Search;

/// <summary>Holds up to 2 MiB of vectors in memory, in a short form of fixed length, by ascending row ID.</summary>
/// <remarks>
/// Vectors are appended only until a snapshot with the block is published. The next snapshot continues a block that is not full
/// with a view of its own: the views share the memory, and each sees only its own first vectors. So a search can go on while
/// vectors are added. Vectors that were appended to a view that was never published are overwritten.
/// </remarks>
internal sealed class VectorBlock
{
    private const int MinCapacity = 256;

    private readonly int _width;
    private readonly BlockMemory _rows;
    private readonly long[] _ids;

    /// <summary>The vectors whose rows were removed; <see langword="null"/> if all rows exist.</summary>
    private readonly bool[]? _removed;

    /// <param name="width">The bytes of a vector.</param>
    /// <param name="expected">The largest number of vectors that will be appended.</param>
    public VectorBlock(int width, long expected)
    {
        var capacity = (int)Math.Min(Math.Max(expected, MinCapacity), Math.Max(1, BlockMemory.MaxLength / width));
        _width = width;
        _rows = new BlockMemory(capacity * width);
        _ids = new long[capacity];
    }

    private VectorBlock(VectorBlock source, bool[]? removed)
    {
        (_width, _rows, _ids, _removed) = (source._width, source._rows, source._ids, removed);
        Count = source.Count;
    }

    /// <summary>Gets the number of vectors, including the removed ones.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _ids.Length;

    /// <summary>Gets the memory that the block uses.</summary>
    public long Bytes => _ids.Length * BytesPerVector(_width);

    /// <summary>Returns the memory that a vector uses, including its ID.</summary>
    public static long BytesPerVector(int width) => width + sizeof(long);

    /// <summary>Compares a query with the vectors. Searches spend almost all their time in this loop.</summary>
    /// <param name="pass">The pass of the query.</param>
    /// <param name="among">The ascending row IDs that meet the filter; <see langword="null"/> for all rows.</param>
    public void Compare(IFirstPass pass, long[]? among)
    {
        var rows = _rows.Bytes;
        if (among is null)
        {
            for (var index = 0; index < Count; index++)
            {
                Compare(pass, index, rows);
            }
        }
        else
        {
            foreach (var id in Within(among))
            {
                if (IndexOf(id) is >= 0 and var index)
                {
                    Compare(pass, index, rows);
                }
            }
        }

        GC.KeepAlive(_rows);
    }

    public void Append(long id, ReadOnlySpan<byte> row)
    {
        row.CopyTo(_rows.Bytes.Slice(Count * _width, _width));
        GC.KeepAlive(_rows);
        _ids[Count] = id;
        Count++;
    }

    /// <summary>Creates a view to which vectors can be appended without changing this one.</summary>
    public VectorBlock Continue() => new(this, _removed);

    /// <summary>Returns a view without the vectors of rows.</summary>
    /// <param name="ids">The row IDs, in ascending order.</param>
    public VectorBlock Without(long[] ids)
    {
        bool[]? removed = null;
        foreach (var id in Within(ids))
        {
            if (IndexOf(id) is >= 0 and var index)
            {
                removed ??= _removed is null ? new bool[_ids.Length] : [.. _removed];
                removed[index] = true;
            }
        }

        return removed is null ? this : new VectorBlock(this, removed);
    }

    /// <summary>Returns the ascending IDs that are between the first and the last of this block.</summary>
    private ReadOnlySpan<long> Within(long[] ids)
    {
        var rest = ids.AsSpan(FirstAtLeast(ids, _ids[0]));
        return rest[..FirstAtLeast(rest, _ids[Count - 1] + 1)];
    }

    /// <summary>Returns the index of the first ID that is not lower than another.</summary>
    private static int FirstAtLeast(ReadOnlySpan<long> ids, long id)
    {
        var index = ids.BinarySearch(id);
        return index < 0 ? ~index : index;
    }

    private int IndexOf(long id) => Array.BinarySearch(_ids, 0, Count, id);

    private void Compare(IFirstPass pass, int index, ReadOnlySpan<byte> rows)
    {
        if (_removed is null || !_removed[index])
        {
            pass.Compare(_ids[index], rows.Slice(index * _width, _width));
        }
    }
}
