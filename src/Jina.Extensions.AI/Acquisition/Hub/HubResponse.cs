using System.Net;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Checks responses of the hub and converts errors to exceptions.</summary>
internal static class HubResponse
{
    /// <summary>Determines whether only the file is missing, and not the repository or the revision.</summary>
    public static bool SaysOnlyFileIsMissing(HttpResponseMessage answer) =>
        ErrorCode(answer) is null or "EntryNotFound";

    /// <exception cref="HubException">The response is an error, a web page, or a compressed file.</exception>
    public static void ThrowIfRejected(HttpResponseMessage answer, bool redirectIsFine)
    {
        var status = (int)answer.StatusCode;
        var host = answer.RequestMessage!.RequestUri!.Authority;
        if (answer.IsSuccessStatusCode)
        {
            ThrowIfLengthIsWrong(answer, host);
            ThrowIfWebPage(answer, host);
            ThrowIfEncoded(answer, host);
            return;
        }

        if (status < 400 && redirectIsFine)
        {
            return;
        }

        var isTransient = status is 408 or 429 or 500 or 502 or 503 or 504;
        var wait = isTransient ? RetryAfter(answer) : null;
        var advice = wait is null ? "" : $" and asks to try again in {wait.Value.TotalSeconds:0} seconds";
        throw new HubException($"{host} returned {status}{Reason(answer)}{advice}.")
        {
            IsTransient = isTransient,
            RetryAfter = wait,
        };
    }

    public static HubException WebPage(string host) =>
        new($"{host} returned a web page instead of the file, probably the login page of a network or the notice of a proxy.");

    private static string Reason(HttpResponseMessage answer) => (answer.StatusCode, ErrorCode(answer)) switch
    {
        (HttpStatusCode.Unauthorized, _) =>
            ": the repository does not exist, or it is private, or the access token is not valid. Check the name, or set "
            + $"{HubEnvironment.TokenVariable}",
        (HttpStatusCode.Forbidden, _) =>
            $": the repository needs an access token that was granted access. Set {HubEnvironment.TokenVariable}",
        (HttpStatusCode.NotFound, "RevisionNotFound") => ": the repository does not have this revision",
        (HttpStatusCode.NotFound, "RepoNotFound") => ": the repository does not exist",
        (HttpStatusCode.TooManyRequests, _) => " (too many requests)",
        _ => answer.ReasonPhrase is { Length: > 0 } phrase ? $" ({phrase})" : "",
    };

    private static string? ErrorCode(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Error-Code", out var values) ? values.First() : null;

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Model files are never web pages, but proxies and hotel networks return one for every request.</summary>
    private static void ThrowIfWebPage(HttpResponseMessage answer, string host)
    {
        if (answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw WebPage(host);
        }
    }

    /// <summary>Without this check, a length that is not a number would count as not sent.</summary>
    private static void ThrowIfLengthIsWrong(HttpResponseMessage answer, string host)
    {
        var headers = answer.Content.Headers;
        if (headers.NonValidated.TryGetValues("Content-Length", out var lengths) && headers.ContentLength is null or < 0)
        {
            throw new HubException($"{host} sent the length '{lengths}' (Content-Length). A number of bytes is expected.");
        }
    }

    private static void ThrowIfEncoded(HttpResponseMessage answer, string host)
    {
        if (answer.Content.Headers.ContentEncoding.FirstOrDefault(encoding => encoding != "identity") is { } encoding)
        {
            throw new HubException($"{host} sent the file compressed ({encoding}), although plain bytes were requested.");
        }
    }
}
