using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Merges repeated slashes of a path, which clients send if their base URL ends with a slash. Routes do not match these.</summary>
internal static class MergedSlashes
{
    private const string Repeated = "//";

    /// <summary>Passes a request on under its path with single slashes. It must run before routing.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value is { } path && path.Contains(Repeated, StringComparison.Ordinal))
        {
            context.Request.Path = $"/{string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries))}";
        }

        return next(context);
    }
}
