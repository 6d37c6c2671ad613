namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>How long queries took, in milliseconds.</summary>
internal readonly record struct Latency(double P50, double P99)
{
    public static Latency Of(IReadOnlyList<double> milliseconds) => new(Quantiles.Median(milliseconds), Quantiles.At(milliseconds, 0.99));
}
