namespace Jina.Benchmarks;

/// <summary>The middle of some measurements, the upper one of two.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
