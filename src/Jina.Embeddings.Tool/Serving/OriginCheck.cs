using System.Net;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Embeddings.Tool.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// Rejects requests that a page of another site sends through the browser of this machine. The header <c>Host</c> shows a name of that
/// site that was pointed to this machine (DNS rebinding), and the header <c>Origin</c> shows its page.
/// </summary>
/// <param name="otherHosts">The names that are allowed in addition to <c>localhost</c> and the loopback addresses.</param>
internal sealed class OriginCheck(IReadOnlyCollection<string> otherHosts)
{
    private const string NextStep =
        $"Send requests to 127.0.0.1 or localhost, or start the server with an API key ({EndpointOptions.KeyVariable}).";

    /// <summary>Passes a request on, or rejects it with 403.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => Check(context.Request) is { } rejection
        ? RejectionWriter.WriteAsync(context.Response, rejection, RequestShape.OpenAI, RequestId.Assign(context))
        : next(context);

    /// <summary>Returns the rejection of a request, or <see langword="null"/> if it may have been sent from this machine.</summary>
    private Rejection? Check(HttpRequest request)
    {
        // Browsers always send Host. Without it, the request comes from a program.
        if (request.Host.HasValue && !IsAllowed(request.Host.Host))
        {
            return Reject(HeaderNames.Host, $"{request.Headers.Host}");
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin is [var single] && IsAllowedOrigin(single)) ? null : Reject(HeaderNames.Origin, $"{origin}");
    }

    private bool IsAllowedOrigin(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && IsAllowed(uri.Host);

    private bool IsAllowed(string host)
    {
        var name = host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || otherHosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static Rejection Reject(string header, string value) => new(
        RejectionKind.OtherOrigin,
        $"The header {header} is '{RejectionText.Shorten(value)}', but a server without API keys answers only requests of this machine. "
        + NextStep);
}
