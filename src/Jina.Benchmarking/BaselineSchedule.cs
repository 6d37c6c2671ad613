using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Inference;

namespace Jina.Benchmarking;

/// <summary>Represents a simpler way to run texts through a model: one batch after the other, each on all threads.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="BatchSize">The number of texts in a batch.</param>
/// <param name="Sorted">Whether the texts are sorted by length first.</param>
/// <param name="MinimumLength">The length in tokens that shorter texts are padded to.</param>
internal sealed record BaselineSchedule(string Name, int BatchSize, bool Sorted = false, int MinimumLength = 0)
{
    public static IReadOnlyList<BaselineSchedule> All { get; } =
    [
        new("naive_padded", 32),
        new("pad_to_512", 32, MinimumLength: 512),
        new("one_at_a_time", 1),
        new("sorted_32", 32, Sorted: true),
    ];

    /// <summary>Runs all texts once, after one batch that is not counted.</summary>
    public Throughput Measure(EncoderSession session, Workload work, ModelCost? cost, CancellationToken cancellationToken)
    {
        var padding = new PaddingTally();
        T5Encoding[][] batches = [.. (Sorted ? work.Ids.OrderBy(text => text.Ids.Count) : work.Ids.AsEnumerable()).Chunk(BatchSize)];
        session.Run(batches[^1], cancellationToken, shortest: MinimumLength);
        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            var length = Math.Max(MinimumLength, batch.Max(text => text.Ids.Count));
            padding.Add(batch.Length, length, batch.Sum(text => text.Ids.Count));
            session.Run(batch, cancellationToken, shortest: MinimumLength);
        }

        return Throughput.Create(work, cost, watch.Elapsed.TotalSeconds, padding.Fraction);
    }
}
