namespace Jina.Benchmarking;

/// <summary>Calculates quantiles of measurements.</summary>
internal static class Quantiles
{
    public static double Median(IEnumerable<double> values) => At(values, 0.5);

    /// <summary>Returns the quantile at a fraction from 0 to 1, interpolated between two values where needed.</summary>
    public static double At(IEnumerable<double> values, double fraction)
    {
        double[] sorted = [.. values.Order()];
        var place = fraction * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
