namespace Jina.VectorData.Sqlite.Search;

/// <summary>Holds up to 4,096 vectors in memory, by ascending row ID.</summary>
/// <remarks>
/// Vectors are appended only until a snapshot with the block is published. The next snapshot continues a block that is not full
/// with a view of its own: the views share the arrays, and each sees only its own first vectors. So a search can go on while
/// vectors are added. Vectors that were appended to a view that was never published are overwritten.
/// </remarks>
internal sealed class VectorBlock
{
    /// <summary>The largest number of vectors: small enough to skip blocks by ID, large enough to scan at full speed.</summary>
    private const int MaxCapacity = 4096;

    private const int MinCapacity = 256;

    private readonly int _dimensions;
    private readonly float[] _values;
    private readonly float[] _norms;
    private readonly long[] _ids;

    /// <summary>The vectors whose rows were removed; <see langword="null"/> if all rows exist.</summary>
    private readonly bool[]? _removed;

    /// <param name="dimensions">The length of the vectors.</param>
    /// <param name="expected">The largest number of vectors that will be appended.</param>
    public VectorBlock(int dimensions, long expected)
    {
        var capacity = (int)Math.Clamp(expected, MinCapacity, MaxCapacity);
        _dimensions = dimensions;
        _values = GC.AllocateUninitializedArray<float>(capacity * dimensions);
        _norms = new float[capacity];
        _ids = new long[capacity];
    }

    private VectorBlock(VectorBlock source, bool[]? removed)
    {
        (_dimensions, _values, _norms, _ids) = (source._dimensions, source._values, source._norms, source._ids);
        _removed = removed;
        Count = source.Count;
    }

    /// <summary>Gets the number of vectors, including the removed ones.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _ids.Length;

    /// <summary>Gets the memory that the block uses.</summary>
    public long Bytes => _ids.Length * BytesPerVector(_dimensions);

    /// <summary>Returns the memory that a vector uses, including its norm and ID.</summary>
    public static long BytesPerVector(int dimensions) => ((dimensions + 1L) * sizeof(float)) + sizeof(long);

    public long IdAt(int index) => _ids[index];

    public float NormAt(int index) => _norms[index];

    public ReadOnlySpan<float> VectorAt(int index) => _values.AsSpan(index * _dimensions, _dimensions);

    /// <summary>Finds the vectors that a search compares with the query.</summary>
    /// <param name="among">The ascending row IDs that meet the filter; <see langword="null"/> for all rows.</param>
    /// <param name="buffer">The memory for the result: at least <see cref="Count"/> elements.</param>
    /// <returns>The indexes of the vectors.</returns>
    public ReadOnlySpan<int> FindCandidates(long[]? among, Span<int> buffer)
    {
        var found = 0;
        if (among is null)
        {
            for (var index = 0; index < Count; index++)
            {
                if (!IsRemoved(index))
                {
                    buffer[found++] = index;
                }
            }

            return buffer[..found];
        }

        var start = Array.BinarySearch(among, _ids[0]);
        for (var i = start < 0 ? ~start : start; i < among.Length && among[i] <= _ids[Count - 1]; i++)
        {
            if (Array.BinarySearch(_ids, 0, Count, among[i]) is >= 0 and var index && !IsRemoved(index))
            {
                buffer[found++] = index;
            }
        }

        return buffer[..found];
    }

    public void Append(long id, ReadOnlySpan<float> vector, float norm)
    {
        vector.CopyTo(_values.AsSpan(Count * _dimensions, _dimensions));
        _norms[Count] = norm;
        _ids[Count] = id;
        Count++;
    }

    /// <summary>Creates a view to which vectors can be appended without changing this one.</summary>
    public VectorBlock Continue() => new(this, _removed);

    /// <summary>Returns a view in which the vectors of all other rows are removed, or <see langword="null"/> if none is left.</summary>
    public VectorBlock? WithOnly(HashSet<long> rowIds)
    {
        var removed = new bool[_ids.Length];
        var count = 0;
        for (var index = 0; index < Count; index++)
        {
            removed[index] = !rowIds.Contains(_ids[index]);
            count += removed[index] ? 1 : 0;
        }

        return count == Count ? null : new VectorBlock(this, count == 0 ? null : removed);
    }

    private bool IsRemoved(int index) => _removed is not null && _removed[index];
}
