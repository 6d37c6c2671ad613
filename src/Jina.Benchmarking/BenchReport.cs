using System.Diagnostics;

namespace Jina.Benchmarking;

/// <summary>Represents the results of a benchmark. docs/cli.md describes the figures.</summary>
internal sealed record BenchReport
{
    public required BenchSettings Settings { get; init; }

    /// <summary>Gets the throughput of the public generator with its own schedule.</summary>
    public required Throughput Ours { get; init; }

    public required MachineLimits Limits { get; init; }

    public required double TokenizerTokensPerSecond { get; init; }

    public required double AllocatedBytesPerText { get; init; }

    public required double MicroBatchMilliseconds { get; init; }

    public required Latency Idle { get; init; }

    public required Latency UnderBulk { get; init; }

    /// <summary>Gets the lower bound for a query at the measured limits, or null if the model's sizes are unknown.</summary>
    public required double? QueryRooflineMilliseconds { get; init; }

    public required ProcessFigures Process { get; init; }

    /// <summary>Gets the time to quantize the weights, or null if they were cached or are not needed.</summary>
    public required double? QuantizeMilliseconds { get; init; }

    public required IReadOnlyList<(BaselineSchedule Baseline, Throughput Throughput)> Baselines { get; init; }

    /// <summary>Gets the comparison of int8 with fp32, or null if fp32 was measured.</summary>
    public required PrecisionComparison? Comparison { get; init; }
}

/// <summary>Represents the figures that a process can measure only once.</summary>
/// <param name="FirstVector">The times until the model had embedded its first text.</param>
/// <param name="PeakMegabytes">The peak of resident memory.</param>
internal readonly record struct ProcessFigures(FirstVector FirstVector, double PeakMegabytes)
{
    /// <summary>Measures the current process up to now.</summary>
    public static ProcessFigures MeasureCurrent(FirstVector firstVector)
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessFigures(firstVector, process.PeakWorkingSet64 / 1e6);
    }
}
