namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>One call over all texts.</summary>
/// <param name="Throughput">How fast it was.</param>
/// <param name="AllocatedPerText">The bytes of managed memory per text that were asked for besides the vectors.</param>
/// <param name="Vectors">The vectors.</param>
internal sealed record ScheduledRun(Throughput Throughput, double AllocatedPerText, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
