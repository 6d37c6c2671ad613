using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// <c>/health</c>: returns 200 if all models are ready, otherwise 503. It does not require a key, and therefore returns only
/// states.
/// </summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        ResponseWriter = WriteAsync,
    });

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", report.Status == HealthStatus.Healthy ? "ready" : "not_ready");
        json.WriteStartObject("models");
        foreach (var data in report.Entries.Values.Select(entry => entry.Data))
        {
            json.WriteString((string)data["model"], JsonNamingPolicy.SnakeCaseLower.ConvertName((string)data["state"]));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
