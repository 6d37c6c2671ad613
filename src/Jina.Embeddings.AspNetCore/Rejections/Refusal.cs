namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>An answer that is no embedding.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">What was found, what was expected and the next step, for the caller to read; no text of an input.</param>
/// <param name="Field">The request's field at fault, e.g. <c>input[3]</c>; null for none.</param>
/// <param name="RetryAfterSeconds">When to try again; null where that would not help.</param>
internal sealed record Refusal(RefusalKind Kind, string Message, string? Field = null, int? RetryAfterSeconds = null)
{
    /// <summary>The one message of a failure inside: the log has the rest.</summary>
    public static Refusal Internal { get; } = new(RefusalKind.Internal, "Internal error. The server's log tells more under this response's x-request-id.");
}
