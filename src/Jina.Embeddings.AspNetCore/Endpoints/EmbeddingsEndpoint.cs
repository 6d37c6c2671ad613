using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Answers <c>POST /v1/embeddings</c>: who may ask, how much at once, and in which shape a refusal is told.</summary>
internal sealed class EmbeddingsEndpoint(
    JinaEmbeddingEndpointOptions options, ApiKeys keys, Admission admission, EmbeddingWork work, ILogger logger, CancellationToken stopping)
{
    /// <summary>Answers one request; it never throws, unless the response has begun.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = RequestId.Assign(context);
        using var body = new RequestBody(options.MaxBodyBytes);
        try
        {
            var refusal = RefuseByHeaders(context.Request) ?? await AnswerAsync(context, body).ConfigureAwait(false);
            if (refusal is not null)
            {
                await RefuseAsync(context, refusal, body, requestId).ConfigureAwait(false);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientLeft(logger, requestId);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception e)
        {
            var refusal = Failure.Of(e, logger, requestId);
            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
                return;
            }

            await RefuseAsync(context, refusal, body, requestId).ConfigureAwait(false);
        }
    }

    /// <summary>What the headers alone tell; the body's shape is not known yet.</summary>
    private Refusal? RefuseByHeaders(HttpRequest request) =>
        keys.Refuse(request.Headers.Authorization)
        ?? (IsJson(request.ContentType) ? null : new Refusal(
            RefusalKind.MediaType, "The header Content-Type does not say application/json; send the body as JSON in UTF-8, and say so."))
        ?? (StringValues.IsNullOrEmpty(request.Headers.ContentEncoding) ? null : new Refusal(
            RefusalKind.MediaType, "The header Content-Encoding says that the body is compressed, which this server does not read; send it as it is."));

    private async Task<Refusal?> AnswerAsync(HttpContext context, RequestBody body)
    {
        // The body is counted here, so that even of one that is too large the shape is known.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var lease = admission.EnterRequest();
        if (!lease.IsAcquired || stopping.IsCancellationRequested)
        {
            // The first piece mostly tells the shape; more is not read of what is refused.
            await body.ReadPieceAsync(context.Request.BodyReader, context.RequestAborted).ConfigureAwait(false);
            return lease.IsAcquired ? Failure.Stopping : admission.TooManyRequests();
        }

        await body.ReadAsync(context.Request.BodyReader, context.RequestAborted).ConfigureAwait(false);
        if (body.IsTooLarge)
        {
            return new Refusal(RefusalKind.BodyTooLarge, $"The body has more than {options.MaxBodyBytes} bytes; send fewer inputs in one request.");
        }

        var request = RequestReader.Read(body.Bytes, options.MaxInputs);
        body.Release(request.Shape);
        await work.RunAsync(context, request).ConfigureAwait(false);
        return null;
    }

    private async Task RefuseAsync(HttpContext context, Refusal refusal, RequestBody body, string requestId)
    {
        await RefusalWriter.WriteAsync(context.Response, refusal, body.Shape, requestId).ConfigureAwait(false);
        Log.Refused(logger, requestId, context.Response.StatusCode, refusal.Kind);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(JsonBody.MediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
