using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Counts the requests that are running, so that a server stops as soon as they are answered.</summary>
/// <remarks>The web server alone would wait for clients that have sent a part of a request and never send the rest.</remarks>
internal sealed class RunningRequests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The time to send the last response.</summary>
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(2);

    private int _count;

    /// <summary>Counts a request while it runs.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Stops a server: waits for its running requests, then closes all connections.</summary>
    public async Task StopAsync(WebApplication app, TimeSpan timeout)
    {
        using var closing = new CancellationTokenSource(timeout);
        var stopped = app.StopAsync(closing.Token);
        while (!stopped.IsCompleted && !closing.IsCancellationRequested && Volatile.Read(ref _count) > 0)
        {
            await Task.WhenAny(stopped, Task.Delay(Interval));
        }

        if (!closing.IsCancellationRequested)
        {
            closing.CancelAfter(SendTime);
        }

        await stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
