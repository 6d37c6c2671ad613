using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Describes routes for OpenAPI documents, which the host creates if it wants them.</summary>
internal static class RouteDescription
{
    /// <summary>
    /// Adds the metadata by which the host's API explorer finds a route and describes it. It contains no types, which would have to be
    /// known to the host's JSON options in an app that is compiled ahead of time.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="handler">The handler of the route. The API explorer ignores routes without their method.</param>
    /// <param name="tag">The interface that the route belongs to.</param>
    /// <param name="summary">The purpose of the route, as a sentence.</param>
    public static IEndpointConventionBuilder Describe(
        this IEndpointConventionBuilder route, RequestDelegate handler, string tag, string summary) =>
        route.WithMetadata(handler.Method, new TagsAttribute(tag), new EndpointSummaryAttribute(summary));
}
