using System.Collections.Concurrent;
using System.Diagnostics;

namespace Jina.Extensions.AI.Tests.Diagnostics;

/// <summary>Records the spans of the library within a span of the test. Tests that run at the same time are not recorded.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public Spans()
    {
        var trace = ActivityTraceId.CreateRandom();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Jina.Extensions.AI",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        Root = new Activity("test").SetParentId(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
    }

    /// <summary>Gets the span of the test.</summary>
    public Activity Root { get; }

    /// <summary>Gets the spans that have ended, in the order of their starts.</summary>
    public Activity[] All => [.. _ended.OrderBy(span => span.StartTimeUtc)];

    public Activity[] Of(string name) => [.. All.Where(span => span.OperationName == name)];

    public void Dispose()
    {
        Root.Dispose();
        _listener.Dispose();
    }
}
