using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Jina.Extensions.AI.Tests.Diagnostics;

/// <summary>A factory of meters, and what its meters' instruments have told.</summary>
internal sealed class Measurements : IMeterFactory
{
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, string? Model)> _told = new();
    private readonly ConcurrentDictionary<string, Meter> _meters = new();
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Tell(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Tell(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<string> Models => _told.Select(told => told.Model!).Distinct();

    public double[] Of(string instrument) => [.. _told.Where(told => told.Instrument.Name == instrument).Select(told => told.Value)];

    public string? UnitOf(string instrument) => _told.First(told => told.Instrument.Name == instrument).Instrument.Unit;

    public Meter Create(MeterOptions options) => _meters.GetOrAdd(options.Name, name => new Meter(name, version: null, tags: null, scope: this));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }

    private void Tell(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _told.Enqueue((instrument, value, tags is [{ Key: "gen_ai.request.model", Value: string model }] ? model : null));
}
