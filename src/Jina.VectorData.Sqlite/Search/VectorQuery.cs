using System.Numerics.Tensors;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents a search by vector.</summary>
/// <param name="vector">The vector to search for.</param>
/// <param name="distance">The distance function.</param>
/// <param name="count">The maximum number of hits.</param>
/// <param name="threshold">The worst score of a hit; <see langword="null"/> for any score.</param>
internal sealed class VectorQuery(ReadOnlyMemory<float> vector, Distance distance, int count, double? threshold)
{
    private readonly float[] _vector = vector.ToArray();
    private readonly float _norm = TensorPrimitives.Norm(vector.Span);

    public int Dimensions => _vector.Length;

    public TopHits CreateHits() => new(count, distance.HigherIsBetter, threshold);

    /// <summary>Compares a stored vector with the query.</summary>
    public float Score(ReadOnlySpan<float> stored, float storedNorm) => distance.Score(_vector, _norm, stored, storedNorm);
}
