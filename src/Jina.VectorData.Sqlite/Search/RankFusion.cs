namespace Jina.VectorData.Sqlite.Search;

/// <summary>Merges rankings by rank, because their scores cannot be compared.</summary>
/// <remarks>
/// Reciprocal rank fusion: a row's score is the sum of 1 / (60 + rank) over the rankings that contain it, with ranks from 1.
/// Formula and constant: Cormack, Clarke and Büttcher, SIGIR 2009, https://doi.org/10.1145/1571941.1572114.
/// </remarks>
internal static class RankFusion
{
    /// <summary>The number of ranks that count. Lower ranks add almost nothing.</summary>
    public const int Depth = 1000;

    private const int RankConstant = 60;

    /// <summary>Returns the best rows of all rankings, the best first.</summary>
    public static Hit[] Fuse(int count, params ReadOnlySpan<Hit[]> rankings)
    {
        var scores = new Dictionary<long, double>();
        foreach (var ranking in rankings)
        {
            for (var i = 0; i < ranking.Length; i++)
            {
                scores[ranking[i].Id] = scores.GetValueOrDefault(ranking[i].Id) + (1.0 / (RankConstant + i + 1));
            }
        }

        var best = new TopHits(count, higherIsBetter: true, threshold: null);
        foreach (var (id, score) in scores)
        {
            best.Add(id, score);
        }

        return best.TakeAll();
    }
}
