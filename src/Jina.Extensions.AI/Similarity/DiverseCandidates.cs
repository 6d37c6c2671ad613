using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Similarity;

/// <summary>Selects candidates by maximal marginal relevance.</summary>
internal static class DiverseCandidates
{
    /// <summary>Returns the selected candidates with their similarity to the query, in the order of the selection.</summary>
    public static IReadOnlyList<(T Item, float Score)> Find<T>(
        Embedding<float> query, IEnumerable<(T Item, Embedding<float> Embedding)> candidates, int top, float lambda)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (!(lambda >= 0 && lambda <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The weight must be from 0 to 1.");
        }

        var open = new List<Candidate<T>>();
        foreach (var (item, embedding) in candidates)
        {
            DimensionCheck.ThrowIfDifferent(embedding, query.Dimensions, open.Count, nameof(candidates));
            open.Add(new Candidate<T>(item, embedding, Compare(query, embedding)));
        }

        var selected = new List<(T Item, float Score)>(Math.Min(top, open.Count));
        while (selected.Count < top && open.Count > 0)
        {
            var best = FindBest(open, selected.Count == 0 ? 1 : lambda);
            selected.Add((best.Item, best.Score));
            open.Remove(best);
            foreach (var candidate in open)
            {
                candidate.Add(Compare(best.Embedding, candidate.Embedding));
            }
        }

        return selected;
    }

    /// <summary>Returns the first of the best candidates. Comparing with CompareTo orders NaN below every number.</summary>
    private static Candidate<T> FindBest<T>(List<Candidate<T>> open, float lambda)
    {
        var (best, value) = (open[0], open[0].Value(lambda));
        foreach (var candidate in open.Skip(1))
        {
            if (candidate.Value(lambda) is var other && other.CompareTo(value) > 0)
            {
                (best, value) = (candidate, other);
            }
        }

        return best;
    }

    private static float Compare(Embedding<float> one, Embedding<float> other) =>
        TensorPrimitives.CosineSimilarity(one.Vector.Span, other.Vector.Span);

    /// <summary>Represents a candidate that is not selected yet.</summary>
    private sealed class Candidate<T>(T item, Embedding<float> embedding, float score)
    {
        private float? _closest;

        public T Item => item;

        public Embedding<float> Embedding => embedding;

        /// <summary>Gets the similarity to the query.</summary>
        public float Score => score;

        /// <summary>Adds the similarity to a selected candidate, of which the greatest counts.</summary>
        public void Add(float similarity) => _closest = _closest is { } closest ? Math.Max(closest, similarity) : similarity;

        public float Value(float lambda) => (lambda * score) - ((1 - lambda) * (_closest ?? 0));
    }
}
