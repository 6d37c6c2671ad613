using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Similarity;

/// <summary>Selects the candidates that are most similar to a query.</summary>
internal static class ClosestCandidates
{
    /// <summary>Orders candidates from the worst to the best: a lower score is worse, as is the later of two equal scores.</summary>
    /// <remarks><see cref="float.CompareTo(float)"/> orders NaN below every number.</remarks>
    private static readonly Comparer<(float Score, int Index)> WorstFirst = Comparer<(float Score, int Index)>.Create(
        static (x, y) => x.Score.CompareTo(y.Score) is var order and not 0 ? order : y.Index.CompareTo(x.Index));

    /// <summary>Returns the best candidates, the most similar one first, and keeps no more than <paramref name="top"/> in memory.</summary>
    public static IReadOnlyList<(T Item, float Score)> Find<T, TEmbedding>(
        TEmbedding query, IEnumerable<(T Item, TEmbedding Embedding)> candidates, int top, Func<TEmbedding, TEmbedding, float> similarity)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var best = new PriorityQueue<T, (float Score, int Index)>(WorstFirst);
        var index = 0;
        foreach (var (item, embedding) in candidates)
        {
            DimensionCheck.ThrowIfDifferent(embedding, query.Dimensions, index, nameof(candidates));
            var rank = (similarity(query, embedding), index);
            if (index < top)
            {
                best.Enqueue(item, rank);
            }
            else
            {
                best.EnqueueDequeue(item, rank);
            }

            index++;
        }

        var results = new (T Item, float Score)[best.Count];
        for (var i = results.Length - 1; best.TryDequeue(out var item, out var rank); i--)
        {
            results[i] = (item, rank.Score);
        }

        return results;
    }
}
