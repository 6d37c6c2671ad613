using Jina.Extensions.AI.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// Collects metrics for <c>/metrics</c>: those of the library, of the web server's requests, and of .NET. If an OTLP receiver is set, sends
/// them and the spans of requests to it.
/// </summary>
internal static class ServerTelemetry
{
    /// <summary>The most time that OpenTelemetry's SDK takes to send the last data: 5 s for traces, and then 5 s for metrics.</summary>
    public static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(10);

    public static void AddTelemetry(this WebApplicationBuilder builder, OtlpSettings otlp)
    {
        // The SDK and the exporters read their general variables from the configuration, which the empty builder leaves empty.
        builder.Configuration.AddInMemoryCollection(otlp.Variables);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("jina-embeddings").AddEnvironmentVariableDetector())
            .WithMetrics(static metrics => metrics
                .AddMeter(EmbeddingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime")
                .AddPrometheusExporter());
        if (otlp.ExportsMetrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter(
                OtlpSettings.Metrics, options => otlp.Configure(options, OtlpSettings.Metrics)));
        }

        if (otlp.ExportsTraces)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(RequestTrace.SourceName)
                .AddAspNetCoreInstrumentation(static options => options.Filter = IsTraced)
                .AddOtlpExporter(OtlpSettings.Traces, options => otlp.Configure(options, OtlpSettings.Traces)));
        }
    }

    /// <summary>Returns whether a request has a span. Probes and Prometheus send too many requests.</summary>
    private static bool IsTraced(HttpContext context) => context.Request.Path.Value is not ("/health" or "/ready" or "/metrics");
}
