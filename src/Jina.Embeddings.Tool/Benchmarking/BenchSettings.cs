using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>What is measured, and how.</summary>
internal sealed record BenchSettings
{
    /// <summary>The model's name in the report.</summary>
    public required string ModelName { get; init; }

    /// <summary>The model's folder.</summary>
    public required string Folder { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>The texts; null for <see cref="Count"/> of <see cref="MixedLengthTexts"/>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    public required int Count { get; init; }

    /// <summary>The threads that compute, for ours, the baselines and the products alike.</summary>
    public required int Threads { get; init; }

    /// <summary>The most tokens of a micro-batch; null for the default.</summary>
    public int? BatchTokens { get; init; }

    /// <summary>How many times each figure of speed is measured; the report has the medians.</summary>
    public required int Runs { get; init; }

    /// <summary>Whether baselines, the comparison with fp32 and a fresh process are measured too.</summary>
    public required bool Baselines { get; init; }

    public bool ComparesPrecisions => Baselines && Precision == Precision.Int8;
}
