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
/// <param name="browsers">The names and origins that are allowed in addition to those of this machine.</param>
/// <param name="hasKeys">
/// Whether the server has API keys. Pages of other sites do not know a key, so only <c>Host</c> is checked, and only if names are given.
/// </param>
internal sealed class OriginCheck(BrowserSettings browsers, bool hasKeys)
{
    private const string KeyStep = $"start the server with an API key ({EndpointOptions.KeyVariable})";

    private bool ChecksHost => !hasKeys || browsers.Hosts.Count > 0;

    /// <summary>Passes a request on, or rejects it with 403.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => Check(context.Request) is { } rejection
        ? RejectionWriter.WriteAsync(context.Response, rejection, ShapeOf(context), RequestId.Assign(context))
        : next(context);

    /// <summary>Returns the shape of the route. Routes of no interface, and those whose body determines it, have OpenAI's.</summary>
    private static RequestShape ShapeOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteShape>()?.Shape ?? RequestShape.OpenAI;

    /// <summary>Returns the rejection of a request, or <see langword="null"/> if it may have been sent from this machine.</summary>
    private Rejection? Check(HttpRequest request)
    {
        // Browsers always send Host. Without it, the request comes from a program.
        if (ChecksHost && request.Host.HasValue && !IsAllowedHost(request.Host.Host))
        {
            return Reject(HeaderNames.Host, $"{request.Headers.Host}", "--allowed-host");
        }

        var origin = request.Headers.Origin;
        return hasKeys || origin.Count == 0 || (origin is [var single] && IsAllowedOrigin(single))
            ? null
            : Reject(HeaderNames.Origin, $"{origin}", "--cors");
    }

    private bool IsAllowedOrigin(string? origin) =>
        browsers.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (LocalOrigin.FindHost(origin) is { } host && IsAllowedHost(host));

    private bool IsAllowedHost(string host)
    {
        var name = host.Trim('[', ']');
        name = IPAddress.TryParse(name, out var address) ? address.ToString() : name;
        return LocalOrigin.IsLocalHost(host) || browsers.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private Rejection Reject(string header, string value, string option)
    {
        var reason = hasKeys
            ? $"but this server answers only requests for this machine and the hosts of {option}. "
            : "but a server without API keys answers only requests of this machine. ";
        var nextStep = hasKeys ? $"or add the host with {option}" : $"allow it with {option}, or {KeyStep}";
        return new Rejection(
            RejectionKind.OtherOrigin,
            $"The header {header} is '{RejectionText.Shorten(value)}', {reason}Send requests to 127.0.0.1 or localhost, {nextStep}.");
    }
}
