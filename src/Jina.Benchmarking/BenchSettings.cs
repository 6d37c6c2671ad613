using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Represents what a benchmark measures, and how.</summary>
internal sealed record BenchSettings
{
    /// <summary>Gets the model's name in the report.</summary>
    public required string ModelName { get; init; }

    /// <summary>Gets the path of the model directory.</summary>
    public required string ModelDirectory { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Gets the texts, or null for <see cref="Count"/> texts of <see cref="MixedLengthTexts"/>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    public required int Count { get; init; }

    /// <summary>Gets the number of computing threads, for our schedule, the baselines and the matrix products alike.</summary>
    public required int Threads { get; init; }

    /// <summary>Gets the maximum number of tokens in a micro-batch, or null for the default.</summary>
    public int? BatchTokens { get; init; }

    /// <summary>Gets how many times each speed is measured. The report has the medians.</summary>
    public required int Runs { get; init; }

    /// <summary>Gets whether the baselines, the comparison with fp32 and a fresh process are measured too.</summary>
    public required bool Baselines { get; init; }

    public bool ComparesPrecisions => Baselines && Precision == Precision.Int8;
}
