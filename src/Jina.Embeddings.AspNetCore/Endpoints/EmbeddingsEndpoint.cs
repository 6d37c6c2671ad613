using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>
/// Handles a route whose requests have a body: checks the headers, lets the body arrive, and turns every failure into a rejection. The
/// dialect of the route reads the body and writes the response.
/// </summary>
internal sealed class EmbeddingsEndpoint(
    JinaEmbeddingEndpointOptions options,
    ApiKeys keys,
    BodyArrival arrival,
    Admission admission,
    Dialect dialect,
    ILogger logger,
    CancellationToken stopping)
{
    /// <summary>The time to send a response before its connection is closed.</summary>
    private static readonly TimeSpan SendTime = TimeSpan.FromMilliseconds(200);

    private readonly IgnoredFieldLog _ignoredFields = new();

    /// <summary>Handles one request. It never throws, unless the response has started.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = RequestId.Assign(context);
        using var memory = new RequestMemory(admission);
        using var body = new RequestBody(options.MaxBodyBytes, context.Request.ContentLength, memory.HoldBody, dialect.Shape);
        await RequestFailures.HandleAsync(
            context,
            logger,
            requestId,
            async () =>
            {
                memory.HoldBody(0);
                if (CheckHeaders(context.Request) is { } rejection)
                {
                    throw new RejectedException(rejection);
                }

                await AnswerAsync(context, body, memory, requestId).ConfigureAwait(false);
            },
            rejection => RejectAsync(context, rejection, body, requestId)).ConfigureAwait(false);
    }

    /// <summary>Returns the rejection for the headers alone, if there is one. The shape of the body is not known yet.</summary>
    private Rejection? CheckHeaders(HttpRequest request)
    {
        if (keys.Check(request.Headers.Authorization) is { } rejection)
        {
            return rejection;
        }

        if (!IsJson(request.ContentType) && CheckOtherType(request) is { } typeRejection)
        {
            return typeRejection;
        }

        // The request decompression of ASP.NET Core removes the header of a body that it decompresses.
        return IsUncompressed(request.Headers.ContentEncoding)
            ? null
            : new Rejection(
                RejectionKind.MediaType,
                "The header Content-Encoding declares a compression that this server does not support. Send the body uncompressed.");
    }

    /// <summary>Returns the rejection of a request whose body is not declared as JSON, if there is one.</summary>
    private Rejection? CheckOtherType(HttpRequest request) => dialect.RequiresContentType
        ? new Rejection(
            RejectionKind.MediaType,
            "The header Content-Type is not application/json. Send the body as JSON in UTF-8, with 'Content-Type: application/json'.")
        : CrossSite.Check(request);

    private async Task AnswerAsync(HttpContext context, RequestBody body, RequestMemory memory, string requestId)
    {
        if (stopping.IsCancellationRequested)
        {
            await BodyArrival.ReadFirstPieceAsync(context, body).ConfigureAwait(false);
            throw new RejectedException(Failure.Stopping);
        }

        await arrival.ReadAsync(context, body).ConfigureAwait(false);
        if (body.IsTooLarge)
        {
            throw new RejectedException(new Rejection(
                RejectionKind.BodyTooLarge, $"The body has more than {options.MaxBodyBytes} bytes. Send fewer inputs per request."));
        }

        Func<HttpContext, Task> writeAsync;
        using (var lease = admission.EnterRequest())
        {
            if (!lease.IsAcquired)
            {
                throw new RejectedException(admission.TooManyRequests());
            }

            var request = Read(context.Request, body, memory);
            _ignoredFields.Write(logger, request.IgnoredFields, requestId);
            writeAsync = await dialect.AnswerAsync(request, memory, context.RequestAborted).ConfigureAwait(false);
        }

        // A client that reads slowly holds memory, but not a place among the requests that are processed.
        await writeAsync(context).ConfigureAwait(false);
    }

    private EmbeddingRequest Read(HttpRequest http, RequestBody body, RequestMemory memory)
    {
        memory.HoldReading(body.BufferSize, body.Bytes.Length, options.MaxInputs);
        var request = dialect.Read(body.Bytes, options);
        body.Release(request.Shape);
        memory.HoldInputs(request);
        if (dialect.DecodesTokenIds)
        {
            var encoding = TokenEncodingHeader.Read(http.Headers[TokenEncodingHeader.Name], options.TokenIdEncoding);
            new TokenIdDecoder(options.MaxBodyBytes, memory.HoldDecoding).Decode(request, encoding);
            memory.HoldInputs(request);
        }

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

    /// <summary>Determines whether a charset is UTF-8, also with quotes and in the spelling that some clients use.</summary>
    private static bool IsUtf8(StringSegment charset)
    {
        var name = HeaderUtilities.RemoveQuotes(charset);
        return !name.HasValue
            || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || name.Equals("utf8", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsUncompressed(StringValues encoding) =>
        StringValues.IsNullOrEmpty(encoding) || encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);
}
