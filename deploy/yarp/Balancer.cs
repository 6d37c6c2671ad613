using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace LoadBalancer;

/// <summary>Creates the load balancer. Its servers, and how it checks them, are in <c>appsettings.json</c>.</summary>
internal static class Balancer
{
    /// <summary>The size of a body that a server accepts by default. Larger bodies get 413.</summary>
    public const int MaxBodySize = 8 * 1024 * 1024;

    /// <summary>The time for a connection to a server.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Creates the app. Arguments replace settings, like <c>--urls http://127.0.0.1:8080</c>.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodySize);
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .ConfigureHttpClient(static (_, handler) => handler.ConnectTimeout = ConnectTimeout)
            .AddTransforms(static context => context.AddResponseTransform(Retries.DropBodyBeforeRetry));
        builder.Services.Configure<TransportFailureRateHealthPolicyOptions>(static options =>
        {
            // A single failure within the last second marks a server as unhealthy.
            options.DetectionWindowSize = TimeSpan.FromSeconds(1);
            options.MinimalTotalCountThreshold = 1;
        });

        var app = builder.Build();
        app.Use(HideMetrics);
        app.MapReverseProxy(static proxy =>
        {
            proxy.Use(Retries.SendAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        return app;
    }

    /// <summary>Hides the metrics, which Prometheus reads from the servers directly. Servers ignore case and extra slashes.</summary>
    private static Task HideMetrics(HttpContext context, RequestDelegate next)
    {
        if (!string.Equals(context.Request.Path.Value?.Trim('/'), "metrics", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
