using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jina.Embeddings.AspNetCore.DependencyInjection;

/// <summary>
/// Excludes requests for HTML from a route. No route is selected for them then, so that static files or a fallback of the app answer.
/// </summary>
internal sealed class NotForBrowsers : IRouteConstraint
{
    /// <summary>Gets the constraint in the form that a route pattern takes. Its name is not that of a parameter.</summary>
    public static RouteValueDictionary Policies => new() { ["accept"] = new NotForBrowsers() };

    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext?.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) is not true;
}
