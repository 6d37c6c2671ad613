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

/// <summary>Handles <c>POST /v1/embeddings</c>: checks the headers, reads the body, and turns every failure into a rejection.</summary>
internal sealed class EmbeddingsEndpoint(
    JinaEmbeddingEndpointOptions options,
    ApiKeys keys,
    Admission admission,
    EmbeddingResponder responder,
    ILogger logger,
    CancellationToken stopping)
{
    /// <summary>Handles one request. It never throws, unless the response has started.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = RequestId.Assign(context);
        using var body = new RequestBody(options.MaxBodyBytes);
        try
        {
            var rejection = CheckHeaders(context.Request) ?? await AnswerAsync(context, body).ConfigureAwait(false);
            if (rejection is not null)
            {
                await RejectAsync(context, rejection, body, requestId).ConfigureAwait(false);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientDisconnected(logger, requestId);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception e)
        {
            var rejection = Failure.ToRejection(e, logger, requestId);
            if (context.Response.HasStarted)
            {
                // The client must not take a partial response for a complete one.
                context.Abort();
                return;
            }

            await RejectAsync(context, rejection, body, requestId).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the rejection for the headers alone, if there is one. The shape of the body is not known yet.</summary>
    private Rejection? CheckHeaders(HttpRequest request)
    {
        if (keys.Check(request.Headers.Authorization) is { } rejection)
        {
            return rejection;
        }

        if (!IsJson(request.ContentType))
        {
            return new Rejection(
                RejectionKind.MediaType,
                "The header Content-Type is not application/json. Send the body as JSON in UTF-8, with 'Content-Type: application/json'.");
        }

        return StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
            ? null
            : new Rejection(
                RejectionKind.MediaType,
                "The header Content-Encoding declares a compressed body, which this server does not support. Send the body uncompressed.");
    }

    private async Task<Rejection?> AnswerAsync(HttpContext context, RequestBody body)
    {
        // RequestBody enforces the limit, so that the shape of a body that is too large is known, too.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var lease = admission.EnterRequest();
        if (!lease.IsAcquired || stopping.IsCancellationRequested)
        {
            // The first piece usually shows the shape. The rest is not read, because the request is rejected anyway.
            await body.ReadPieceAsync(context.Request.BodyReader, context.RequestAborted).ConfigureAwait(false);
            return lease.IsAcquired ? Failure.Stopping : admission.TooManyRequests();
        }

        await body.ReadAsync(context.Request.BodyReader, context.RequestAborted).ConfigureAwait(false);
        if (body.IsTooLarge)
        {
            return new Rejection(
                RejectionKind.BodyTooLarge, $"The body has more than {options.MaxBodyBytes} bytes. Send fewer inputs per request.");
        }

        var request = RequestReader.Read(body.Bytes, options.MaxInputs);
        body.Release(request.Shape);
        await responder.RespondAsync(context, request).ConfigureAwait(false);
        return null;
    }

    private async Task RejectAsync(HttpContext context, Rejection rejection, RequestBody body, string requestId)
    {
        await RejectionWriter.WriteAsync(context.Response, rejection, body.Shape, requestId).ConfigureAwait(false);
        Log.Rejected(logger, requestId, context.Response.StatusCode, rejection.Kind);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(JsonBody.MediaType, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type.Charset);

    private static bool IsUtf8(StringSegment charset) =>
        !charset.HasValue
        || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
