using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Handles <c>POST /v1/embeddings</c>: checks the headers, reads the body, and turns every failure into a rejection.</summary>
internal sealed class EmbeddingsEndpoint(
    JinaEmbeddingEndpointOptions options,
    ApiKeys keys,
    BodyArrival arrival,
    Admission admission,
    EmbeddingResponder responder,
    ILogger logger,
    CancellationToken stopping)
{
    /// <summary>The time to send a response before its connection is closed.</summary>
    private static readonly TimeSpan SendTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Handles one request. It never throws, unless the response has started.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = RequestId.Assign(context);
        using var memory = new RequestMemory(admission);
        using var body = new RequestBody(options.MaxBodyBytes, context.Request.ContentLength, memory.HoldBody);
        try
        {
            memory.HoldBody(0);
            var rejection = CheckHeaders(context.Request) ?? await AnswerAsync(context, body, memory).ConfigureAwait(false);
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
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            // The client read the response too slowly.
            Log.ClientDisconnected(logger, requestId);
            context.Abort();
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

    private async Task<Rejection?> AnswerAsync(HttpContext context, RequestBody body, RequestMemory memory)
    {
        if (stopping.IsCancellationRequested)
        {
            await BodyArrival.ReadFirstPieceAsync(context, body).ConfigureAwait(false);
            return Failure.Stopping;
        }

        await arrival.ReadAsync(context, body).ConfigureAwait(false);
        if (body.IsTooLarge)
        {
            return new Rejection(
                RejectionKind.BodyTooLarge, $"The body has more than {options.MaxBodyBytes} bytes. Send fewer inputs per request.");
        }

        EmbeddingResponse response;
        using (var lease = admission.EnterRequest())
        {
            if (!lease.IsAcquired)
            {
                return admission.TooManyRequests();
            }

            response = await responder.EmbedAsync(Read(body, memory), memory, context.RequestAborted).ConfigureAwait(false);
        }

        memory.HoldResponse(response.Embeddings.Count, response.Embeddings[0].Vector.Length);

        // A client that reads slowly holds memory, but not a place among the requests that are processed.
        await EmbeddingResponder.WriteAsync(context, response).ConfigureAwait(false);
        return null;
    }

    private EmbeddingRequest Read(RequestBody body, RequestMemory memory)
    {
        memory.HoldReading(body.BufferSize, body.Bytes.Length, options.MaxInputs);
        var request = RequestReader.Read(body.Bytes, options.MaxInputs);
        body.Release(request.Shape);
        memory.HoldInputs(request);
        return request;
    }

    private async Task RejectAsync(HttpContext context, Rejection rejection, RequestBody body, string requestId)
    {
        if (!body.IsComplete && !HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            // The rest of the body is not read, so the connection cannot be used again.
            context.Response.Headers.Connection = "close";
        }

        await RejectionWriter.WriteAsync(context.Response, rejection, body.Shape, requestId).ConfigureAwait(false);
        Log.Rejected(logger, requestId, context.Response.StatusCode, rejection.Kind);
        if (!body.IsComplete && stopping.IsCancellationRequested)
        {
            // The web server would wait for the rest of the body, and the host for the web server.
            await context.Response.CompleteAsync().ConfigureAwait(false);
            await Task.Delay(SendTime, CancellationToken.None).ConfigureAwait(false);
            context.Abort();
        }
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
