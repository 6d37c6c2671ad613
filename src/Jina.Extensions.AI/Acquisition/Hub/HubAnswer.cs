using System.Net;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Reads the hub's refusals.</summary>
internal static class HubAnswer
{
    /// <summary>Tells a file that a repository lacks from a repository or revision that does not exist.</summary>
    public static bool SaysOnlyFileIsMissing(HttpResponseMessage answer) =>
        ErrorCode(answer) is null or "EntryNotFound";

    public static void ThrowIfRefused(HttpResponseMessage answer, bool redirectIsFine)
    {
        var status = (int)answer.StatusCode;
        var host = answer.RequestMessage!.RequestUri!.Authority;
        if (answer.IsSuccessStatusCode)
        {
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
        throw new HubException($"{host} answered {status}{Reason(answer)}{(wait is null ? "" : $", to try again in {wait.Value.TotalSeconds:0} seconds")}.")
        {
            IsTransient = isTransient,
            RetryAfter = wait,
        };
    }

    private static string Reason(HttpResponseMessage answer) => (answer.StatusCode, ErrorCode(answer)) switch
    {
        (HttpStatusCode.Unauthorized, _) =>
            $": there is no such repository, or it is private; check the name, or set {HubEnvironment.TokenVariable}",
        (HttpStatusCode.Forbidden, _) => $": this repository wants an access token that was granted access; set {HubEnvironment.TokenVariable}",
        (HttpStatusCode.NotFound, "RevisionNotFound") => ": the repository has no such revision",
        (HttpStatusCode.NotFound, "RepoNotFound") => ": there is no such repository",
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

    /// <summary>None of a model's files is a web page, but proxies and hotel networks answer everything with one.</summary>
    private static void ThrowIfWebPage(HttpResponseMessage answer, string host)
    {
        if (answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw WebPage(host);
        }
    }

    public static HubException WebPage(string host) =>
        new($"{host} answered with a web page instead of the file; a login page or a proxy's notice is probably in between.");

    private static void ThrowIfEncoded(HttpResponseMessage answer, string host)
    {
        if (answer.Content.Headers.ContentEncoding.FirstOrDefault(encoding => encoding != "identity") is { } encoding)
        {
            throw new HubException($"{host} sent the file compressed ({encoding}) although plain bytes were asked for.");
        }
    }
}
