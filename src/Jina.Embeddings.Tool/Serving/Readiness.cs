using System.Text.Json;
using Jina.Embeddings.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// <c>/ready</c>: returns 200 if a load balancer should send requests, otherwise 503. A server that drains still answers requests, so that
/// a balancer that checks this route every second does not lose any.
/// </summary>
internal sealed class Readiness
{
    private const string Ready = "ready";

    private volatile bool _isDraining;

    /// <summary>Reports that no further requests should be sent, and waits.</summary>
    public async Task DrainAsync(TimeSpan time)
    {
        _isDraining = true;
        await Task.Delay(time);
    }

    /// <summary>Maps the route.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var admission = EndpointParts.Of(endpoints).Admission;
        var models = endpoints.ServiceProvider.GetRequiredService<HealthCheckService>();
        endpoints.MapGet("/ready", async context =>
        {
            var report = await models.CheckHealthAsync(context.RequestAborted);
            await WriteAsync(context.Response, (_isDraining, report.Status == HealthStatus.Healthy, admission.HasRoom) switch
            {
                (true, _, _) => "draining",
                (_, false, _) => "not_ready",
                (_, _, false) => "busy",
                _ => Ready,
            });
        });
    }

    private static async Task WriteAsync(HttpResponse response, string status)
    {
        response.StatusCode = status == Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteEndObject();
    }
}
