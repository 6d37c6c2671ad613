using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>A way to compare two vectors.</summary>
/// <param name="HigherIsBetter">Whether the nearest vectors have the highest scores, or the lowest.</param>
/// <param name="Score">Compares the query with a stored vector; takes the lengths (L2 norms) of both, too.</param>
internal sealed record Distance(bool HigherIsBetter, Distance.Comparison Score)
{
    /// <summary>Compares two vectors of one dimension and finite numbers.</summary>
    public delegate float Comparison(ReadOnlySpan<float> query, float queryNorm, ReadOnlySpan<float> stored, float storedNorm);

    private static readonly Dictionary<string, Distance> ByName = new()
    {
        [DistanceFunction.CosineSimilarity] = new(true, Cosine),
        [DistanceFunction.CosineDistance] = new(false, (query, queryNorm, stored, storedNorm) => 1 - Cosine(query, queryNorm, stored, storedNorm)),
        [DistanceFunction.DotProductSimilarity] = new(true, (query, _, stored, _) => TensorPrimitives.Dot(query, stored)),
        [DistanceFunction.NegativeDotProductSimilarity] = new(false, (query, _, stored, _) => -TensorPrimitives.Dot(query, stored)),
        [DistanceFunction.EuclideanDistance] = new(false, (query, _, stored, _) => TensorPrimitives.Distance(query, stored)),
        [DistanceFunction.EuclideanSquaredDistance] = new(false, (query, _, stored, _) => EuclideanSquared(query, stored)),
        [DistanceFunction.ManhattanDistance] = new(false, (query, _, stored, _) => Manhattan(query, stored)),
        [DistanceFunction.HammingDistance] = new(false, (query, _, stored, _) => TensorPrimitives.HammingDistance(query, stored)),
    };

    /// <summary>Finds a distance function by the name the abstractions give it; cosine similarity where none is named.</summary>
    /// <exception cref="NotSupportedException">There is none of this name.</exception>
    public static Distance Of(string? name) => ByName.TryGetValue(name ?? DistanceFunction.CosineSimilarity, out var distance)
        ? distance
        : throw new NotSupportedException($"There is no distance function '{name}'. There are {string.Join(", ", ByName.Keys)}.");

    /// <summary>Whether a score is at least as good as a threshold.</summary>
    public bool Passes(double score, double? threshold) => threshold is not { } limit || (HigherIsBetter ? score >= limit : score <= limit);

    /// <summary>The cosine of the angle; 0 where one of the vectors has no direction.</summary>
    private static float Cosine(ReadOnlySpan<float> query, float queryNorm, ReadOnlySpan<float> stored, float storedNorm)
    {
        var norms = queryNorm * storedNorm;
        return norms == 0 ? 0 : TensorPrimitives.Dot(query, stored) / norms;
    }

    private static float EuclideanSquared(ReadOnlySpan<float> query, ReadOnlySpan<float> stored) =>
        SumOfPieces(query, stored, static difference => TensorPrimitives.SumOfSquares(difference));

    private static float Manhattan(ReadOnlySpan<float> query, ReadOnlySpan<float> stored) =>
        SumOfPieces(query, stored, static difference => TensorPrimitives.SumOfMagnitudes(difference));

    /// <summary>Adds up a function of the differences, which is computed piece by piece to need no memory but the stack.</summary>
    private static float SumOfPieces(ReadOnlySpan<float> query, ReadOnlySpan<float> stored, Func<ReadOnlySpan<float>, float> sum)
    {
        Span<float> difference = stackalloc float[256];
        var total = 0f;
        for (var start = 0; start < query.Length; start += difference.Length)
        {
            var count = Math.Min(difference.Length, query.Length - start);
            TensorPrimitives.Subtract(query.Slice(start, count), stored.Slice(start, count), difference);
            total += sum(difference[..count]);
        }

        return total;
    }
}
