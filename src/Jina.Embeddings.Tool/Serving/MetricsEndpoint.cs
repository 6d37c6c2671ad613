using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Jina.Embeddings.Tool.Serving;

/// <summary><c>/metrics</c>: the metrics that <see cref="ServerTelemetry"/> collects, in the format of Prometheus.</summary>
internal static class MetricsEndpoint
{
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
