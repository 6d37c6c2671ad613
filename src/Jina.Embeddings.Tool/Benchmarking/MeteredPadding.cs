using System.Diagnostics.Metrics;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>The padding of a generator's micro-batches, as its own meter tells it.</summary>
internal sealed class MeteredPadding : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly Meter _meter;

    public MeteredPadding()
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
