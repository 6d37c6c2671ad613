using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Handles routes without a body: checks the API key, and writes rejections in the shape of the route.</summary>
internal sealed class KeyedRoute(ApiKeys keys, RequestShape shape, ILogger logger)
{
    /// <summary>Handles one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="writeAsync">The delegate that writes the response. If it throws before, the exception becomes a rejection.</param>
    public Task HandleAsync(HttpContext context, Func<Task> writeAsync)
    {
        var requestId = RequestId.Assign(context);
        return RequestFailures.HandleAsync(
            context,
            logger,
            requestId,
            () => keys.Check(context.Request.Headers.Authorization) is { } rejection
                ? throw new RejectedException(rejection)
                : writeAsync(),
            async rejection =>
            {
                await RejectionWriter.WriteAsync(context.Response, rejection, shape, requestId).ConfigureAwait(false);
                Log.Rejected(logger, requestId, context.Response.StatusCode, rejection.Kind);
            });
    }
}
