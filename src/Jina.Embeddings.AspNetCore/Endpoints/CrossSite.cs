using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>
/// Rejects bodies that a page of another site sends without asking the server. A browser asks before it sends JSON, but not before it
/// sends plain text or a form.
/// </summary>
internal static class CrossSite
{
    private const string SiteHeader = "Sec-Fetch-Site";

    /// <summary>Checks a request whose body is not declared as JSON.</summary>
    /// <returns>The rejection, or <see langword="null"/> if the request is from a program or from a page of this server.</returns>
    public static Rejection? Check(HttpRequest request)
    {
        // Pages cannot set this header. Behind a proxy that changes Host, only the browser knows whether the site is the same.
        var site = request.Headers[SiteHeader].ToString();
        if (site is "same-origin" or "none")
        {
            return null;
        }

        if (site == "cross-site")
        {
            return Reject($"{SiteHeader} is 'cross-site'");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOwn(origin, request.Host.Value)
            ? null
            : Reject($"{HeaderNames.Origin} is '{RejectionText.Shorten(origin)}'");
    }

    /// <summary>Determines whether an origin is that of this server. A proxy can end TLS, so the scheme does not count.</summary>
    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static Rejection Reject(string found) => new(
        RejectionKind.OtherOrigin,
        $"The header {found}, and the header Content-Type is not application/json. Pages of other sites must send the body with "
        + "'Content-Type: application/json'.");
}
