namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>How fast texts became vectors in one way.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="Tokens">Their tokens, padding not counted.</param>
/// <param name="Flops">Their operations, padding not counted; null where the model's are not known.</param>
/// <param name="Seconds">The time.</param>
/// <param name="Padding">The part of what ran that was padding.</param>
internal sealed record Throughput(int Texts, long Tokens, double? Flops, double Seconds, double Padding)
{
    public double TokensPerSecond => Tokens / Seconds;

    public double TextsPerSecond => Texts / Seconds;

    /// <summary>Returns the useful operations per second as a part of what bare products reach.</summary>
    public double? RooflineFraction(double sgemmGflops) => Flops / Seconds / (sgemmGflops * 1e9);

    /// <summary>Returns several runs over the same texts as one, of median time and padding.</summary>
    public static Throughput Median(IReadOnlyList<Throughput> runs) => runs[0] with
    {
        Seconds = Quantiles.Median(runs.Select(run => run.Seconds)),
        Padding = Quantiles.Median(runs.Select(run => run.Padding)),
    };

    public static Throughput Of(Workload work, ModelCost? cost, double seconds, double padding) =>
        new(work.Texts.Count, work.Tokens, work.Flops(cost), seconds, padding);
}
