using Jina.Embeddings.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Jina.Embeddings.AspNetCore.DependencyInjection;

/// <summary>Maps routes with their description.</summary>
internal static class RouteMapping
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a route for POST.</summary>
    public static IEndpointConventionBuilder MapPost(
        this IEndpointRouteBuilder endpoints, string path, EmbeddingsEndpoint endpoint, string tag, string summary)
    {
        RequestDelegate handler = endpoint.HandleAsync;
        return endpoints.MapPost(path, handler).WithMetadata(new NoSizeLimit()).Describe(handler, tag, summary);
    }

    /// <summary>Maps a route for GET.</summary>
    public static IEndpointConventionBuilder MapGet(
        this IEndpointRouteBuilder endpoints, string path, RequestDelegate handler, string tag, string summary) =>
        endpoints.MapGet(path, handler).Describe(handler, tag, summary);

    /// <summary>Maps a route for GET and HEAD.</summary>
    public static IEndpointConventionBuilder MapGetAndHead(
        this IEndpointRouteBuilder endpoints, string path, RequestDelegate handler, string tag, string summary) =>
        endpoints.MapMethods(path, GetAndHead, handler).Describe(handler, tag, summary);

    /// <summary>Maps the root for GET and HEAD. Browsers get what the app has there: a route, static files or a fallback.</summary>
    public static void MapRoot(this IEndpointRouteBuilder endpoints, RequestDelegate handler, string tag, string summary)
    {
        var pattern = RoutePatternFactory.Parse("/", defaults: null, parameterPolicies: NotForBrowsers.Policies);
        endpoints.Map(pattern, handler).WithMetadata(new HttpMethodMetadata(GetAndHead)).Describe(handler, tag, summary).AfterOthers();
    }

    /// <summary>Lets a route of the app answer instead, if it has the same path.</summary>
    public static void AfterOthers(this IEndpointConventionBuilder route) => route.Add(static endpoint =>
    {
        if (endpoint is RouteEndpointBuilder builder)
        {
            builder.Order = int.MaxValue;
        }
    });
}
