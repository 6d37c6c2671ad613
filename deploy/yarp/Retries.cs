using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
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
        // A retry sends the body again. Reading it first also rejects bodies that are too large before a server gets them.
        context.Request.EnableBuffering(bufferThreshold: Balancer.MaxBodySize);
        await context.Request.Body.DrainAsync(context.RequestAborted);
        var proxy = context.GetReverseProxyFeature();
        var servers = proxy.AvailableDestinations.ToList();
        while (true)
        {
            context.Items[HasOtherServers] = servers.Count > 1;
            context.Request.Body.Position = 0;
            var started = Stopwatch.GetTimestamp();
            await next(context);
            if (servers.Count < 2 || !HasFailed(context, Stopwatch.GetElapsedTime(started)))
            {
                return;
            }

            servers.Remove(proxy.ProxiedDestination!);
            proxy.AvailableDestinations = servers;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.Clear();
        }
    }

    /// <summary>Drops the body of a response with status 503 if other servers are left.</summary>
    /// <remarks>The first byte of the body would start the response to the client.</remarks>
    public static ValueTask DropBodyBeforeRetry(ResponseTransformContext context)
    {
        context.SuppressResponseBody = context.HttpContext.Items[HasOtherServers] is true
            && context.HttpContext.Response.StatusCode == StatusCodes.Status503ServiceUnavailable;
        return ValueTask.CompletedTask;
    }

    private static bool HasFailed(HttpContext context, TimeSpan elapsed) =>
        !context.Response.HasStarted
        && (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable
            || context.GetForwarderErrorFeature()?.Error switch
            {
                ForwarderError.Request or ForwarderError.RequestBodyDestination => true,
                // A server that cannot be reached is skipped. One that is too slow has done its work, and others would be as slow.
                ForwarderError.RequestTimedOut => elapsed < 2 * Balancer.ConnectTimeout,
                _ => false,
            });
}
