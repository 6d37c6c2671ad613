namespace Jina.VectorData.Sqlite.Search;

/// <summary>Merges rankings whose scores cannot be compared, by the ranks alone.</summary>
/// <remarks>
/// Reciprocal rank fusion: a row's score is the sum of 1 / (60 + rank) over the rankings that hold it, ranks counted
/// from 1. Formula and constant: Cormack, Clarke and Büttcher, SIGIR 2009, https://doi.org/10.1145/1571941.1572114.
/// </remarks>
internal static class RankFusion
{
    private const int RankConstant = 60;

    /// <summary>How far down a ranking still counts; further ranks add next to nothing.</summary>
    public const int Depth = 1000;

    /// <summary>Returns the best rows of all rankings together, best first.</summary>
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

        var best = new TopHits(count, higherIsBetter: true);
        foreach (var (id, score) in scores)
        {
            best.Add(id, score);
        }

        return best.TakeAll();
    }
}
