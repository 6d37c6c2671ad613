using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Jina.Embeddings.Tool.Serving;

/// <summary><c>/metrics</c> in the format of Prometheus: the metrics of the library, of the web server's requests, and of .NET.</summary>
internal static class MetricsEndpoint
{
    public static void AddServerMetrics(this IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(static resource => resource.AddService("jina-embeddings"))
        .WithMetrics(static metrics => metrics
            .AddMeter(EmbeddingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddPrometheusExporter());

    /// <summary>Maps the endpoint. It requires a key if the server has keys, because the metrics show how the server is used.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints, IEnumerable<string> apiKeys)
    {
        var keys = new ApiKeys(apiKeys);
        endpoints.MapPrometheusScrapingEndpoint("/metrics").Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => keys.Check(context.Request.Headers.Authorization) is { } rejection
                ? RejectionWriter.WriteAsync(context.Response, rejection, RequestShape.OpenAI, string.Empty)
                : scrape(context);
        });
    }
}
