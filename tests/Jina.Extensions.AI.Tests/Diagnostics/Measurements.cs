using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Jina.Extensions.AI.Tests.Diagnostics;

/// <summary>Creates meters, and records the measurements of their instruments.</summary>
internal sealed class Measurements : IMeterFactory
{
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, string? Model)> _recorded = new();
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
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<string> Models => _recorded.Select(entry => entry.Model!).Distinct();

    public double[] Of(string instrument) =>
        [.. _recorded.Where(entry => entry.Instrument.Name == instrument).Select(entry => entry.Value)];

    public string? UnitOf(string instrument) => _recorded.First(entry => entry.Instrument.Name == instrument).Instrument.Unit;

    public Meter Create(MeterOptions options) =>
        _meters.GetOrAdd(options.Name, name => new Meter(name, version: null, tags: null, scope: this));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _recorded.Enqueue((instrument, value, tags is [{ Key: "gen_ai.request.model", Value: string model }] ? model : null));
}
