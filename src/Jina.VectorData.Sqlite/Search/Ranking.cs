namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents the hits of one kind of search.</summary>
/// <param name="Hits">The hits, the best first.</param>
/// <param name="Range">
/// The possible scores; <see langword="null"/> if they have no limits. Not every fusion needs them, and keywords have to be counted for
/// them.
/// </param>
/// <param name="IsCut">Whether other rows may have been found too.</param>
internal sealed record Ranking(Hit[] Hits, Lazy<ScoreRange?> Range, bool IsCut)
{
    /// <summary>Returns the score of a hit between 0, for the worst score, and 1, for the best score.</summary>
    /// <remarks>Without limits, the worst and the best hit have these scores.</remarks>
    public double Normalize(int index)
    {
        var (worst, best) = Range.Value ?? new ScoreRange(Hits[^1].Score, Hits[0].Score);
        return best == worst ? 1 : Math.Clamp((Hits[index].Score - worst) / (best - worst), 0, 1);
    }

    /// <summary>Returns the normalized score of rows that are not among the hits: at most that of the last hit.</summary>
    public double NormalizeOthers() => IsCut && Hits.Length > 0 ? Normalize(Hits.Length - 1) : 0;
}

/// <summary>Represents the worst and the best possible score.</summary>
internal readonly record struct ScoreRange(double Worst, double Best);
