using System.Text.Json;
using Jina.Embeddings.Tool.Serving;
using Microsoft.AspNetCore.Http;

namespace RagConsole.Mcp;

/// <summary>
/// Rejects requests that a page of another site sends through the browser of this machine, as the Model Context Protocol requires.
/// </summary>
internal static class LocalRequests
{
    private const int MaxShown = 100;

    /// <summary>Passes a request on, or rejects it with 403.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (FindFault(context.Request) is not { } fault)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "application/json";
        var message = $"The header {fault}, but this server answers only requests of this machine. Send them to 127.0.0.1 or localhost.";
        var error = new { jsonrpc = "2.0", error = new { code = -32600, message }, id = (string?)null };
        await context.Response.WriteAsync(JsonSerializer.Serialize(error), context.RequestAborted);
    }

    private static string? FindFault(HttpRequest request)
    {
        // Browsers always send Host. Without it, the request comes from a program.
        if (request.Host.HasValue && !LocalOrigin.IsLocalHost(request.Host.Host))
        {
            return $"Host is '{Shorten(request.Host.Value)}'";
        }

        var origin = request.Headers.Origin;
        var isLocal = origin is [var single] && LocalOrigin.FindHost(single) is { } host && LocalOrigin.IsLocalHost(host);
        return origin.Count == 0 || isLocal ? null : $"Origin is '{Shorten($"{origin}")}'";
    }

    private static string Shorten(string value) => value.Length <= MaxShown ? value : $"{value[..MaxShown]}...";
}
