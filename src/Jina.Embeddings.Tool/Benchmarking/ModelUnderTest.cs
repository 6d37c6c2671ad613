using System.Diagnostics;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>A generator as programs use it, whose micro-batches are counted.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    /// <summary>Enough for every thread to have run, and for the memory that runs use to be there.</summary>
    private const int WarmUpTexts = 64;

    private readonly ModelCost? _cost;
    private readonly MeteredPadding _padding;

    private ModelUnderTest(JinaEmbeddingGenerator generator, MeteredPadding padding, ModelCost? cost, double loadMilliseconds)
    {
        Generator = generator;
        LoadMilliseconds = loadMilliseconds;
        _padding = padding;
        _cost = cost;
    }

    public JinaEmbeddingGenerator Generator { get; }

    /// <summary>Gets the time until it was ready to run.</summary>
    public double LoadMilliseconds { get; }

    /// <summary>Gets what has been counted of its micro-batches.</summary>
    public PaddingTally Padding => _padding.Tally;

    public static async Task<ModelUnderTest> LoadAsync(JinaEmbeddingOptions options, ModelCost? cost, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var padding = new MeteredPadding();
        try
        {
            var generator = await JinaEmbeddingGenerator.CreateAsync(options, meterFactory: padding, cancellationToken: cancellationToken);
            return new ModelUnderTest(generator, padding, cost, watch.Elapsed.TotalMilliseconds);
        }
        catch
        {
            padding.Dispose();
            throw;
        }
    }

    public Task WarmUpAsync(Workload work, CancellationToken cancellationToken) =>
        Generator.GenerateAsync(work.First(WarmUpTexts).Texts, cancellationToken: cancellationToken);

    /// <summary>Embeds the texts in one call.</summary>
    public async Task<ScheduledRun> RunAsync(Workload work, CancellationToken cancellationToken)
    {
        Padding.Clear();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var embeddings = await Generator.GenerateAsync(work.Texts, cancellationToken: cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new ScheduledRun(
            Throughput.Of(work, _cost, seconds, Padding.Fraction),
            (allocated - embeddings.Sum(embedding => (long)embedding.Vector.Length * sizeof(float))) / (double)embeddings.Count,
            [.. embeddings.Select(embedding => embedding.Vector)]);
    }

    public async ValueTask DisposeAsync()
    {
        await Generator.DisposeAsync();
        _padding.Dispose();
    }
}
