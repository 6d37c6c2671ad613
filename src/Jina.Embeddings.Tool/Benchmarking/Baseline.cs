using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Inference;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>A simpler way to run texts: one batch after the other, each on all threads.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="BatchSize">The texts of a batch.</param>
/// <param name="Sorted">Whether texts of like length are brought together first.</param>
/// <param name="Shortest">The length that texts are padded to at least.</param>
internal sealed record Baseline(string Name, int BatchSize, bool Sorted = false, int Shortest = 0)
{
    public static IReadOnlyList<Baseline> All { get; } =
    [
        new("naive_padded", 32),
        new("pad_to_512", 32, Shortest: 512),
        new("one_at_a_time", 1),
        new("sorted_32", 32, Sorted: true),
    ];

    /// <summary>Runs all texts once, after one batch that does not count.</summary>
    public Throughput Measure(EncoderSession session, Workload work, ModelCost? cost, CancellationToken cancellationToken)
    {
        var padding = new PaddingTally();
        T5Encoding[][] batches = [.. (Sorted ? work.Ids.OrderBy(text => text.Ids.Count) : work.Ids.AsEnumerable()).Chunk(BatchSize)];
        session.Run(batches[^1], cancellationToken, shortest: Shortest);
        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            padding.Add(batch.Length, Math.Max(Shortest, batch.Max(text => text.Ids.Count)), batch.Sum(text => text.Ids.Count));
            session.Run(batch, cancellationToken, shortest: Shortest);
        }

        return Throughput.Of(work, cost, watch.Elapsed.TotalSeconds, padding.Fraction);
    }
}
