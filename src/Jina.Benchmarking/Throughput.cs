using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Represents how fast texts were embedded in one way.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="Tokens">The number of tokens, without padding.</param>
/// <param name="Operations">The operations, without padding, or null if the model's sizes are unknown.</param>
/// <param name="Seconds">The elapsed time.</param>
/// <param name="Padding">The fraction of the positions that was padding.</param>
internal sealed record Throughput(int Texts, long Tokens, Operations? Operations, double Seconds, double Padding)
{
    public double TokensPerSecond => Tokens / Seconds;

    public double TextsPerSecond => Texts / Seconds;

    public static Throughput Create(Workload work, ModelCost? cost, double seconds, double padding) =>
        new(work.Texts.Count, work.Tokens, work.Operations(cost), seconds, padding);

    /// <summary>Returns several runs over the same texts as one run of median time and padding.</summary>
    public static Throughput Median(IReadOnlyList<Throughput> runs) => runs[0] with
    {
        Seconds = Quantiles.Median(runs.Select(run => run.Seconds)),
        Padding = Quantiles.Median(runs.Select(run => run.Padding)),
    };

    /// <summary>Returns the time of the operations at the speed of bare matrix products, as a fraction of the elapsed time.</summary>
    public double? RooflineFraction(MachineLimits limits, Precision precision) =>
        Operations is { } operations ? limits.ProductSeconds(operations, precision) / Seconds : null;
}

/// <summary>Represents texts together with their token IDs.</summary>
internal sealed record Workload(IReadOnlyList<string> Texts, IReadOnlyList<T5Encoding> Ids)
{
    public long Tokens { get; } = Ids.Sum(text => (long)text.Ids.Count);

    public static Workload Create(IReadOnlyList<string> texts, T5Tokenizer tokenizer) =>
        new(texts, [.. texts.Select(text => tokenizer.Encode(text))]);

    /// <summary>Returns the first texts.</summary>
    public Workload First(int count) => count >= Texts.Count ? this : new([.. Texts.Take(count)], [.. Ids.Take(count)]);

    /// <summary>Returns the operations of all texts, or null if the model's sizes are unknown.</summary>
    public Operations? Operations(ModelCost? cost) =>
        cost is null ? null : Ids.Aggregate(default(Operations), (sum, text) => sum + cost.Operations(text.Ids.Count));
}
