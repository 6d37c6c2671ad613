using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Converts exceptions to rejections, and logs the details that the caller must not see.</summary>
internal static class Failure
{
    private const int RetryFailedModelAfter = 30;
    private const int RetryStoppedAfter = 5;

    /// <summary>Gets the rejection while the server is shutting down.</summary>
    public static Rejection Stopping { get; } = new(
        RejectionKind.Unavailable, "The server is shutting down. Try again later.", RetryAfterSeconds: RetryStoppedAfter);

    /// <summary>Gets the rejection of a body that arrives too slowly.</summary>
    public static Rejection TooSlow { get; } = new(
        RejectionKind.BodyTimeout, "The body arrived too slowly. Send it without pauses.");

    /// <summary>Converts an exception, and logs it if it is not the caller's fault.</summary>
    public static Rejection ToRejection(Exception exception, ILogger logger, string requestId)
    {
        switch (exception)
        {
            case RejectedException rejected:
                return rejected.Rejection;
            case JinaModelException:
                Log.ModelFailed(logger, exception, requestId);
                return new Rejection(
                    RejectionKind.Unavailable,
                    "The model cannot be run. The server's log has the reason. Try again later.",
                    RetryAfterSeconds: RetryFailedModelAfter);
            case OutOfMemoryException:
                Log.OutOfMemory(logger, exception, requestId);
                return new Rejection(
                    RejectionKind.Unavailable, "The server is out of memory. Try again later.", RetryAfterSeconds: RetryStoppedAfter);
            case ObjectDisposedException:
                return Stopping;
            default:
                Log.Failed(logger, exception, requestId);
                return new Rejection(
                    RejectionKind.Internal, "Internal error. The server's log has the details under the x-request-id of this response.");
        }
    }

    /// <summary>Converts an exception of the web server while a body arrives. All of them are the client's fault.</summary>
    public static Rejection FromTransport(Exception exception) => (exception as BadHttpRequestException)?.StatusCode switch
    {
        null when exception is InvalidDataException or InvalidOperationException => new Rejection(
            RejectionKind.InvalidBody, "The body cannot be decompressed as its header Content-Encoding declares. Send it uncompressed."),
        StatusCodes.Status413PayloadTooLarge => new Rejection(
            RejectionKind.BodyTooLarge, "The body is larger than the server accepts. Send fewer inputs per request."),
        StatusCodes.Status408RequestTimeout => TooSlow,
        _ => new Rejection(
            RejectionKind.InvalidBody, "The body ended early, or its chunks are malformed. Send the body as its headers announce it."),
    };
}
