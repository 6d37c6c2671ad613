using Jina.Embeddings.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Applies the settings for browsers to every route, the page and the metrics included.</summary>
internal static class BrowserAccess
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>The headers of our responses that a page may read.</summary>
    private static readonly string[] Exposed = ["x-request-id", "X-Truncated-Inputs", "Warning", "Retry-After"];

    public static void AddBrowserAccess(this IServiceCollection services, BrowserSettings browsers)
    {
        if (browsers.Origins.Count > 0)
        {
            // Clients in browsers send headers of their own, such as x-stainless-lang. Cookies are not used, so credentials stay off.
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
                .WithOrigins(browsers.Origins.Contains(WebOrigin.Any) ? [WebOrigin.Any] : [.. browsers.Origins])
                .WithMethods(Methods)
                .AllowAnyHeader()
                .WithExposedHeaders(Exposed)
                .SetPreflightMaxAge(PreflightAge)));
        }
    }

    /// <summary>
    /// Checks <c>Host</c> and <c>Origin</c>, and then adds the headers of CORS. Preflight requests are answered here on every path,
    /// because browsers send them without the API key.
    /// </summary>
    public static void UseBrowserAccess(this IApplicationBuilder app, BrowserSettings browsers, JinaEmbeddingEndpointOptions endpoint)
    {
        app.Use(new OriginCheck(browsers, endpoint.ApiKeys.Count > 0).InvokeAsync);
        if (browsers.Origins.Count > 0)
        {
            app.UseCors();
        }
    }
}
