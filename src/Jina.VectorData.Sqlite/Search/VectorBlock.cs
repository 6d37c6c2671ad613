using System.Numerics.Tensors;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>A run of vectors in memory, by ascending row id.</summary>
/// <remarks>
/// Only ever appended to, by one thread at a time; those who read it know how many vectors they may see. So snapshots
/// share blocks, and a search goes on undisturbed while vectors are added.
/// </remarks>
/// <param name="dimensions">The length of the vectors.</param>
/// <param name="expected">How many vectors will be appended at least.</param>
internal sealed class VectorBlock(int dimensions, long expected)
{
    private const int LeastCapacity = 256;

    /// <summary>Small enough to skip through by id, large enough to scan at full speed.</summary>
    private const int MostCapacity = 4096;

    private readonly float[] _values = GC.AllocateUninitializedArray<float>(CapacityFor(expected) * dimensions);
    private readonly float[] _norms = new float[CapacityFor(expected)];
    private readonly long[] _ids = new long[CapacityFor(expected)];

    public bool IsFull => Count == _ids.Length;

    /// <summary>The memory that the block takes.</summary>
    public long Bytes => _ids.Length * BytesPerVector(dimensions);

    /// <summary>How many vectors were appended.</summary>
    public int Count { get; private set; }

    /// <summary>The memory that a vector takes, with its length and id.</summary>
    public static long BytesPerVector(int dimensions) => ((dimensions + 1L) * sizeof(float)) + sizeof(long);

    public void Append(long id, ReadOnlySpan<float> vector)
    {
        vector.CopyTo(_values.AsSpan(Count * dimensions));
        _norms[Count] = TensorPrimitives.Norm(vector);
        _ids[Count] = id;
        Count++;
    }

    public long IdAt(int index) => _ids[index];

    /// <summary>Returns the place of an id among the first vectors, or a negative number.</summary>
    public int IndexOf(long id, int count) => Array.BinarySearch(_ids, 0, count, id);

    public void Try(VectorQuery query, TopHits hits, int index) =>
        query.Try(hits, _ids[index], _values.AsSpan(index * dimensions, dimensions), _norms[index]);

    private static int CapacityFor(long expected) => (int)Math.Clamp(expected, LeastCapacity, MostCapacity);
}
