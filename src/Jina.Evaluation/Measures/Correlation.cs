namespace Jina.Evaluation.Measures;

/// <summary>Calculates the correlation of two lists of numbers, as in SciPy, which MTEB uses.</summary>
/// <remarks>
/// MTEB:
/// https://github.com/embeddings-benchmark/mteb/blob/07bc990d8eb6574873d455e9223f4b4f156bf757/mteb/evaluation/evaluators/STSEvaluator.py.
/// MTEB first scales the gold scores to 0..1, which does not change either measure.
/// </remarks>
internal static class Correlation
{
    /// <summary>Returns Pearson's r from -1 to 1, or NaN for fewer than two values or if all values of a list are equal.</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"The lists have {x.Count} and {y.Count} values; expected lists of equal length.", nameof(y));
        }

        if (x.Count < 2 || IsConstant(x) || IsConstant(y))
        {
            return double.NaN;
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    /// <summary>Returns Spearman's rho: Pearson's r of the ranks, where equal values have the mean of their ranks.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Returns the rank of each value, starting at 1. Equal values have the mean of the ranks that they occupy.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
            {
                end++;
            }

            for (var i = first; i < end; i++)
            {
                ranks[order[i]] = (first + 1 + end) / 2.0;
            }

            first = end;
        }

        return ranks;
    }

    private static bool IsConstant(IReadOnlyList<double> values) => values.All(value => value == values[0]);
}
