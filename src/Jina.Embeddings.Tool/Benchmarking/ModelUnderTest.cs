using System.Diagnostics;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>A generator as programs use it, whose micro-batches are counted.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    /// <summary>Enough for every thread to have run, and for the memory that runs use to be there.</summary>
    private const int WarmUpTexts = 64;

    private readonly ModelCost? _cost;
    private CountingEncoder? _encoder;

    private ModelUnderTest(JinaEmbeddingGenerator generator, ModelCost? cost, double loadMilliseconds)
    {
        Generator = generator;
        LoadMilliseconds = loadMilliseconds;
        _cost = cost;
        generator.EncoderHook = model => _encoder = new CountingEncoder(model);
    }

    public JinaEmbeddingGenerator Generator { get; }

    /// <summary>Gets the time until it was ready to run.</summary>
    public double LoadMilliseconds { get; }

    /// <summary>Gets what counts; there once it is warm.</summary>
    public CountingEncoder Encoder => _encoder!;

    public static async Task<ModelUnderTest> LoadAsync(JinaEmbeddingOptions options, ModelCost? cost, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var generator = await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken);
        return new ModelUnderTest(generator, cost, watch.Elapsed.TotalMilliseconds);
    }

    public Task WarmUpAsync(Workload work, CancellationToken cancellationToken) =>
        Generator.GenerateAsync(work.First(WarmUpTexts).Texts, cancellationToken: cancellationToken);

    /// <summary>Embeds the texts in one call.</summary>
    public async Task<ScheduledRun> RunAsync(Workload work, CancellationToken cancellationToken)
    {
        Encoder.Padding.Clear();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var embeddings = await Generator.GenerateAsync(work.Texts, cancellationToken: cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new ScheduledRun(
            Throughput.Of(work, _cost, seconds, Encoder.Padding.Fraction),
            (allocated - embeddings.Sum(embedding => (long)embedding.Vector.Length * sizeof(float))) / (double)embeddings.Count,
            [.. embeddings.Select(embedding => embedding.Vector)]);
    }

    public ValueTask DisposeAsync() => Generator.DisposeAsync();
}
