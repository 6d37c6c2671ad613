using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace LoadBalancer;

/// <summary>
/// Sends a request to another server if one fails before its response, or answers 503. Requests do not change anything on a server, so
/// all of them can be repeated.
/// </summary>
internal static class Retries
{
    private static readonly object HasOtherServers = new();

    /// <summary>Sends a request to the available servers, one after the other, until one answers.</summary>
    public static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering(bufferThreshold: Balancer.MaxBodySize);
        var proxy = context.GetReverseProxyFeature();
        var servers = proxy.AvailableDestinations.ToList();
        while (true)
        {
            context.Items[HasOtherServers] = servers.Count > 1;
            await next(context);
            if (servers.Count < 2 || !HasFailed(context))
            {
                return;
            }

            servers.Remove(proxy.ProxiedDestination!);
            proxy.AvailableDestinations = servers;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.Clear();
            context.Request.Body.Position = 0;
        }
    }

    /// <summary>Drops the body of a response with status 503 if other servers are left.</summary>
    /// <remarks>The first byte of the body would start the response to the client.</remarks>
    public static ValueTask DropBodyBeforeRetry(ResponseTransformContext context)
    {
        var isLast = context.HttpContext.Items[HasOtherServers] is not true;
        context.SuppressResponseBody = !isLast && context.HttpContext.Response.StatusCode == StatusCodes.Status503ServiceUnavailable;
        return ValueTask.CompletedTask;
    }

    private static bool HasFailed(HttpContext context) =>
        !context.Response.HasStarted
        && (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable
            || context.GetForwarderErrorFeature()?.Error
                is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination);
}
