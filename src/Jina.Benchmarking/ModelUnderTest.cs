using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Benchmarking;

/// <summary>Represents a public generator whose micro-batches are counted.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    /// <summary>Enough texts for every thread to have run, and for the memory of the inference to be allocated.</summary>
    private const int WarmUpTexts = 64;

    /// <summary>A text of about as many tokens as a query has.</summary>
    private const string FirstText = "how long do the batteries of a weather station last in a cold winter";

    private readonly ModelCost? _cost;
    private readonly PaddingMeterFactory _meters;

    private ModelUnderTest(JinaEmbeddingGenerator generator, PaddingMeterFactory meters, ModelCost? cost, FirstVector firstVector)
    {
        Generator = generator;
        FirstVector = firstVector;
        _meters = meters;
        _cost = cost;
    }

    public JinaEmbeddingGenerator Generator { get; }

    /// <summary>Gets the times until the model had embedded its first text.</summary>
    public FirstVector FirstVector { get; }

    /// <summary>Gets the padding of the micro-batches so far.</summary>
    public PaddingTally Padding => _meters.Tally;

    public static async Task<ModelUnderTest> LoadAsync(JinaEmbeddingOptions options, ModelCost? cost, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var meters = new PaddingMeterFactory();
        try
        {
            var generator = await JinaEmbeddingGenerator.CreateAsync(options, meterFactory: meters, cancellationToken: cancellationToken);
            var loaded = watch.Elapsed;
            await generator.EncodeAsync(FirstText);
            return new ModelUnderTest(generator, meters, cost, FirstVector.Create(loaded, watch.Elapsed, generator.LoadTimes));
        }
        catch
        {
            meters.Dispose();
            throw;
        }
    }

    public Task WarmUpAsync(Workload work, CancellationToken cancellationToken) =>
        Generator.GenerateAsync(work.First(WarmUpTexts).Texts, cancellationToken: cancellationToken);

    /// <summary>Embeds all texts in one request.</summary>
    public async Task<MeasuredRequest> MeasureAsync(Workload work, CancellationToken cancellationToken)
    {
        Padding.Clear();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var embeddings = await Generator.GenerateAsync(work.Texts, cancellationToken: cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new MeasuredRequest(
            Throughput.Create(work, _cost, seconds, Padding.Fraction),
            (allocated - embeddings.Sum(embedding => (long)embedding.Vector.Length * sizeof(float))) / (double)embeddings.Count,
            [.. embeddings.Select(embedding => embedding.Vector)]);
    }

    public async ValueTask DisposeAsync()
    {
        await Generator.DisposeAsync();
        _meters.Dispose();
    }

    /// <summary>Creates the generator's meter and counts the padding that it reports.</summary>
    private sealed class PaddingMeterFactory : IMeterFactory
    {
        private readonly MeterListener _listener = new();
        private readonly Meter _meter;

        public PaddingMeterFactory()
        {
            _meter = new Meter(EmbeddingMetrics.MeterName, version: null, tags: null, scope: this);
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter && instrument.Name is EmbeddingMetrics.TokensName or EmbeddingMetrics.PaddingName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Tally.Add(
                tokens: instrument.Name == EmbeddingMetrics.TokensName ? value : 0, positions: value));
            _listener.Start();
        }

        public PaddingTally Tally { get; } = new();

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose()
        {
            _listener.Dispose();
            _meter.Dispose();
        }
    }
}

/// <summary>Represents the measurements of one request.</summary>
/// <param name="Throughput">The throughput.</param>
/// <param name="AllocatedPerText">The managed memory in bytes that was allocated per text, without the vectors.</param>
/// <param name="Vectors">The vectors.</param>
internal sealed record MeasuredRequest(Throughput Throughput, double AllocatedPerText, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
