using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Turns what went wrong into an answer, and logs what the answer must not tell.</summary>
internal static class Failure
{
    private const int RetryFailedModelAfter = 30;
    private const int RetryStoppedAfter = 5;

    /// <summary>The server stops; another of its kind may take over.</summary>
    public static Refusal Stopping { get; } = new(
        RefusalKind.Unavailable, "The server is shutting down. Try again later.", RetryAfterSeconds: RetryStoppedAfter);

    public static Refusal Of(Exception exception, ILogger logger, string requestId)
    {
        switch (exception)
        {
            case RefusedException refused:
                return refused.Refusal;
            case BadHttpRequestException bad:
                return OfTransport(bad);
            case JinaModelException:
                Log.ModelFailed(logger, exception, requestId);
                return new Refusal(
                    RefusalKind.Unavailable, "The model cannot be run; the server's log tells why. Try again later.", RetryAfterSeconds: RetryFailedModelAfter);
            case ObjectDisposedException:
                return Stopping;
            default:
                Log.Failed(logger, exception, requestId);
                return Refusal.Internal;
        }
    }

    private static Refusal OfTransport(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Refusal(RefusalKind.BodyTooLarge, "The body is larger than the server takes; send fewer inputs in one request."),
        StatusCodes.Status408RequestTimeout => new Refusal(RefusalKind.BodyTimeout, "The body came too slowly; send it at once."),
        _ => new Refusal(RefusalKind.InvalidBody, "The body ended early, or its chunks are malformed; send it as its headers announce it."),
    };
}
