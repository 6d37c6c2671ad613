using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents a distance function.</summary>
/// <param name="HigherIsBetter">Whether a higher score means that two vectors are closer.</param>
/// <param name="Score">The function, which also takes the norms of both vectors.</param>
/// <param name="Range">The possible scores; <see langword="null"/> if they have no limits.</param>
/// <param name="Bounds">The bounds of a score by the dot product; <see langword="null"/> if it does not follow from it.</param>
internal sealed record Distance(
    bool HigherIsBetter, Distance.Comparison Score, ScoreRange? Range = null, ScoreBounds? Bounds = null)
{
    /// <summary>Gets whether the score depends on the angle between the vectors only.</summary>
    public bool ComparesAngles { get; private init; }

    /// <summary>Compares two vectors of the same length whose components are finite.</summary>
    public delegate float Comparison(ReadOnlySpan<float> query, float queryNorm, ReadOnlySpan<float> stored, float storedNorm);

    private static readonly Dictionary<string, Distance> ByName = new()
    {
        [DistanceFunction.CosineSimilarity] = new(true, Cosine, new(Worst: -1, Best: 1), new CosineBounds(0)) { ComparesAngles = true },
        [DistanceFunction.CosineDistance] =
            new(false, CosineDistance, new(Worst: 2, Best: 0), new CosineBounds(1)) { ComparesAngles = true },
        [DistanceFunction.DotProductSimilarity] =
            new(true, (query, _, stored, _) => TensorPrimitives.Dot(query, stored), Bounds: new DotBounds()),
        [DistanceFunction.NegativeDotProductSimilarity] =
            new(false, (query, _, stored, _) => -TensorPrimitives.Dot(query, stored), Bounds: new DotBounds()),
        [DistanceFunction.EuclideanDistance] =
            new(false, (query, _, stored, _) => TensorPrimitives.Distance(query, stored), Bounds: new EuclideanBounds()),
        [DistanceFunction.EuclideanSquaredDistance] =
            new(false, (query, _, stored, _) => EuclideanSquared(query, stored), Bounds: new SquaredBounds()),
        [DistanceFunction.ManhattanDistance] = new(false, (query, _, stored, _) => Manhattan(query, stored)),
        [DistanceFunction.HammingDistance] = new(false, (query, _, stored, _) => TensorPrimitives.HammingDistance(query, stored)),
    };

    /// <summary>Returns the distance function with a name of <see cref="DistanceFunction"/>.</summary>
    /// <param name="name">The name. If <see langword="null"/>, cosine similarity is used.</param>
    /// <exception cref="NotSupportedException">The name is unknown.</exception>
    public static Distance Parse(string? name) => ByName.TryGetValue(name ?? DistanceFunction.CosineSimilarity, out var distance)
        ? distance
        : throw new NotSupportedException(
            $"The distance function '{name}' is not supported. Supported functions are {string.Join(", ", ByName.Keys)}.");

    /// <summary>Returns the cosine of the angle between two vectors, or 0 if the norm of one of them is 0.</summary>
    private static float Cosine(ReadOnlySpan<float> query, float queryNorm, ReadOnlySpan<float> stored, float storedNorm)
    {
        var norms = queryNorm * storedNorm;
        return norms == 0 ? 0 : TensorPrimitives.Dot(query, stored) / norms;
    }

    private static float CosineDistance(ReadOnlySpan<float> query, float queryNorm, ReadOnlySpan<float> stored, float storedNorm) =>
        1 - Cosine(query, queryNorm, stored, storedNorm);

    private static float EuclideanSquared(ReadOnlySpan<float> query, ReadOnlySpan<float> stored) =>
        SumOfPieces(query, stored, static difference => TensorPrimitives.SumOfSquares(difference));

    private static float Manhattan(ReadOnlySpan<float> query, ReadOnlySpan<float> stored) =>
        SumOfPieces(query, stored, static difference => TensorPrimitives.SumOfMagnitudes(difference));

    /// <summary>Adds up a function of the differences, piece by piece, so that only the stack is used.</summary>
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
