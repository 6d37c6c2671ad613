namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>All that bench found out; docs/cli.md describes the figures.</summary>
internal sealed record BenchReport
{
    public required BenchSettings Settings { get; init; }

    /// <summary>The public generator's own schedule.</summary>
    public required Throughput Ours { get; init; }

    public required double SgemmGflops { get; init; }

    public required double TokenizerTokensPerSecond { get; init; }

    public required double AllocatedBytesPerText { get; init; }

    public required double MicroBatchMilliseconds { get; init; }

    public required Latency Idle { get; init; }

    public required Latency UnderBulk { get; init; }

    public required double MemoryGigabytesPerSecond { get; init; }

    /// <summary>The least time for a query at the speed of fp32 products and of memory; null where the model's sizes are not known.</summary>
    public required double? QueryRooflineMilliseconds { get; init; }

    public required ProcessFigures Process { get; init; }

    /// <summary>How long the weights took to quantize; null where they were there already, or are not needed.</summary>
    public required double? QuantizeMilliseconds { get; init; }

    public required IReadOnlyList<(Baseline Baseline, Throughput Throughput)> Baselines { get; init; }

    /// <summary>int8 against fp32; null in fp32.</summary>
    public required PrecisionComparison? Comparison { get; init; }
}
