using System.Numerics.Tensors;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>What a search by vector looks for.</summary>
/// <param name="Vector">The query.</param>
/// <param name="Distance">How to compare.</param>
/// <param name="Count">The most hits to return.</param>
/// <param name="Threshold">The worst score to return; null for any.</param>
internal sealed record VectorQuery(ReadOnlyMemory<float> Vector, Distance Distance, int Count, double? Threshold)
{
    private readonly float _norm = TensorPrimitives.Norm(Vector.Span);

    public TopHits NewHits() => new(Count, Distance.HigherIsBetter);

    /// <summary>Compares a stored vector with the query and keeps it where it is good enough.</summary>
    public void Try(TopHits hits, long id, ReadOnlySpan<float> stored, float storedNorm)
    {
        var score = Distance.Score(Vector.Span, _norm, stored, storedNorm);
        if (Distance.Passes(score, Threshold))
        {
            hits.Add(id, score);
        }
    }
}
