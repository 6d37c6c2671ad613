using Jina.VectorData.Sqlite.Search;

namespace Jina.VectorData.Sqlite;

/// <summary>Specifies how a hybrid search merges its ranking by vector and its ranking by keyword. Instances are immutable.</summary>
/// <remarks>
/// Each ranking has a weight, and the two weights add up to 1. The first 1,000 rows of a ranking count, or more for a larger number of
/// results.
/// </remarks>
public sealed class HybridFusion
{
    /// <summary>The number of rows of each ranking that count.</summary>
    internal const int Depth = 1000;

    private const int RankConstant = 60;

    private readonly double _keywordWeight;
    private readonly Func<Ranking, int, double> _points;
    private readonly Func<Ranking, double> _pointsOfOthers;

    private HybridFusion(double keywordWeight, Func<Ranking, int, double> points, Func<Ranking, double> pointsOfOthers)
    {
        if (!(keywordWeight >= 0 && keywordWeight <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(keywordWeight), keywordWeight, "The weight must be from 0 to 1.");
        }

        (_keywordWeight, _points, _pointsOfOthers) = (keywordWeight, points, pointsOfOthers);
    }

    /// <summary>Adds up normalized scores, so that it matters how good a row is and not only which rank it has.</summary>
    /// <param name="keywordWeight">
    /// The weight of the keywords, from 0 to 1. The default had nDCG@10 within 0.01 of the best weight on SciFact's training queries.
    /// </param>
    /// <remarks>
    /// A normalized score is 0 for the worst and 1 for the best possible score. For cosine similarity these are -1 and 1, and for cosine
    /// distance 2 and 0. For BM25 these are 0 and the score of a text that consists of the keywords, so keywords that no record has make
    /// the whole ranking count less. Other distance functions have no limits, so the worst and the best record that were found count
    /// instead. Source: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023,
    /// https://doi.org/10.1145/3596512.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not from 0 to 1.</exception>
    /// <returns>The fusion, whose scores are from 0 to 1.</returns>
    public static HybridFusion ConvexCombination(double keywordWeight = 0.35) =>
        new(keywordWeight, (ranking, index) => ranking.Normalize(index), ranking => ranking.NormalizeOthers());

    /// <summary>Adds up reciprocal ranks: the weight of a ranking, divided by 60 plus the rank of a row, with ranks from 1.</summary>
    /// <param name="keywordWeight">The weight of the keywords, from 0 to 1.</param>
    /// <remarks>
    /// The scores themselves do not matter. Source: Cormack, Clarke and Büttcher, SIGIR 2009, https://doi.org/10.1145/1571941.1572114.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not from 0 to 1.</exception>
    /// <returns>The fusion, whose scores are at most 1/61.</returns>
    public static HybridFusion ReciprocalRank(double keywordWeight = 0.5) =>
        new(keywordWeight, (_, index) => 1.0 / (RankConstant + index + 1), _ => 0);

    /// <summary>Returns the best rows of both rankings, the best first.</summary>
    internal Hit[] Fuse(int count, Ranking vectors, Ranking keywords)
    {
        var scores = new Dictionary<long, double>();
        var others = 0.0;
        foreach (var (ranking, weight) in new[] { (vectors, 1 - _keywordWeight), (keywords, _keywordWeight) })
        {
            // A row that this ranking lacks keeps the points that all other rows have.
            var rest = _pointsOfOthers(ranking);
            for (var i = 0; i < ranking.Hits.Length; i++)
            {
                var id = ranking.Hits[i].Id;
                scores[id] = scores.GetValueOrDefault(id) + (weight * (_points(ranking, i) - rest));
            }

            others += weight * rest;
        }

        var best = new TopHits(count, higherIsBetter: true, threshold: null);
        foreach (var (id, score) in scores)
        {
            best.Add(id, score + others);
        }

        return best.TakeAll();
    }
}
