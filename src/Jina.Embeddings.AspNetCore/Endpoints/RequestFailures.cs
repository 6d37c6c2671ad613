using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Turns every failure of a request into a rejection, or ends its connection.</summary>
internal static class RequestFailures
{
    /// <summary>Handles a request. It never throws, unless a rejection cannot be written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="logger">The logger of failures.</param>
    /// <param name="requestId">The ID of the request in the log.</param>
    /// <param name="handleAsync">The delegate that handles the request.</param>
    /// <param name="rejectAsync">The delegate that writes a rejection. It is called only before the response has started.</param>
    public static async Task HandleAsync(
        HttpContext context, ILogger logger, string requestId, Func<Task> handleAsync, Func<Rejection, Task> rejectAsync)
    {
        try
        {
            await HandleOrRejectAsync(context, logger, requestId, handleAsync, rejectAsync).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientDisconnected(logger, requestId);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            // The client read the response too slowly.
            Log.ClientDisconnected(logger, requestId);
            context.Abort();
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            // The client must not take a partial response for a complete one.
            Failure.ToRejection(e, logger, requestId);
            context.Abort();
        }
    }

    private static async Task HandleOrRejectAsync(
        HttpContext context, ILogger logger, string requestId, Func<Task> handleAsync, Func<Rejection, Task> rejectAsync)
    {
        try
        {
            await handleAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await rejectAsync(Failure.ToRejection(e, logger, requestId)).ConfigureAwait(false);
        }
    }
}
