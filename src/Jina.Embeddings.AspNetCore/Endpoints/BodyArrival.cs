using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Reads bodies as they arrive: with a minimum speed, and only until the server stops.</summary>
/// <param name="grace">The time for a body in addition to the time that its bytes take at the minimum speed.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">The token that is canceled when the server begins to stop.</param>
internal sealed class BodyArrival(TimeSpan grace, TimeProvider time, CancellationToken stopping)
{
    /// <summary>
    /// The minimum bytes per second, on average. A body holds memory until it is complete, so Kestrel's 240 would let a body of 8 MiB
    /// hold it for ten hours. Even slow uplinks reach 128 kbit/s.
    /// </summary>
    private const int MinSpeed = 16 * 1024;

    /// <summary>The time to wait for the beginning of a body that is rejected anyway, to detect its shape.</summary>
    private static readonly TimeSpan FirstPieceWait = TimeSpan.FromSeconds(1);

    /// <summary>Reads a body to its end, or to the limit.</summary>
    /// <exception cref="RejectedException">The body is incomplete, malformed or too slow, or the server stops.</exception>
    public async Task ReadAsync(HttpContext context, RequestBody body)
    {
        // RequestBody enforces the limit, so that the shape of a body that is too large is known, too.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var start = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(grace, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, deadline.Token, stopping);
        try
        {
            while (await body.ReadPieceAsync(context.Request.BodyReader, any.Token).ConfigureAwait(false))
            {
                var left = grace + TimeSpan.FromSeconds((double)body.Bytes.Length / MinSpeed) - time.GetElapsedTime(start);
                deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
        catch (Exception e) when (IsFault(e) && !context.RequestAborted.IsCancellationRequested)
        {
            throw new RejectedException(
                stopping.IsCancellationRequested ? Failure.Stopping
                : deadline.IsCancellationRequested ? Failure.TooSlow
                : Failure.FromTransport(e));
        }
    }

    /// <summary>Reads the first piece of a body that is rejected anyway. It usually shows the shape.</summary>
    public static async Task ReadFirstPieceAsync(HttpContext context, RequestBody body)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        wait.CancelAfter(FirstPieceWait);
        try
        {
            await body.ReadPieceAsync(context.Request.BodyReader, wait.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFault(e) && !context.RequestAborted.IsCancellationRequested)
        {
            // The shape stays unknown.
        }
    }

    /// <summary>Determines whether an exception is the fault of a client. The last two are those of compressed bodies.</summary>
    private static bool IsFault(Exception exception) =>
        exception is OperationCanceledException or IOException or InvalidDataException
            or (InvalidOperationException and not ObjectDisposedException);
}
