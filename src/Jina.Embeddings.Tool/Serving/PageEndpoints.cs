using System.Net.Mime;
using Jina.Embeddings.AspNetCore.Dialects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Serves the page for trying the server. The page itself does not require a key, but the API that it calls does.</summary>
internal static class PageEndpoints
{
    // The page loads everything from this server, and calls only this server.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The files that the page loads from the path <c>/page</c>.</summary>
    private static readonly string[] Files =
    [
        "icon.svg", "page.css", "results.css",
        "dom.js", "heat-map.js", "map.js", "page.js", "passages.js", "samples.js", "server.js", "vectors.js",
    ];

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        var page = FileHandler("index.html");
        endpoints.MapMethods("/", Methods, (RequestDelegate)(context =>
        {
            context.Response.Headers.Vary = HeaderNames.Accept;
            return AcceptsPage(context.Request) ? page(context) : OllamaEndpoint.WriteRunningAsync(context);
        }));
        foreach (var file in Files)
        {
            endpoints.MapMethods($"/page/{file}", Methods, FileHandler(file));
        }
    }

    /// <summary>
    /// Determines whether a request wants the page. Browsers name HTML. Clients of Ollama accept anything, and expect its text.
    /// </summary>
    private static bool AcceptsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);

    private static RequestDelegate FileHandler(string file)
    {
        var content = Read(file);
        var mediaType = Path.GetExtension(file) switch
        {
            ".html" => MediaTypeNames.Text.Html,
            ".css" => MediaTypeNames.Text.Css,
            ".js" => MediaTypeNames.Text.JavaScript,
            ".svg" => MediaTypeNames.Image.Svg,
            var extension => throw new InvalidOperationException($"The page has no media type for {extension}."),
        };
        return async context =>
        {
            var response = context.Response;
            response.ContentType = $"{mediaType}; charset=utf-8";
            response.ContentLength = content.Length;
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.CacheControl = "no-cache";
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await response.BodyWriter.WriteAsync(content, context.RequestAborted);
            }
        };
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The file {file} of the page is not embedded in the tool.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
