using System.Net.Http.Json;
using System.Text.Json;
using Jina.Embeddings.Tool.Serving;
using Jina.Testing;
using OpenTelemetry.Exporter;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Tests the traces and metrics that <c>serve</c> sends to a receiver.</summary>
public sealed class OtlpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_spans_and_metrics_of_a_request_are_sent()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "our-embeddings",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
        });
        var trace = Convert.ToHexString(Guid.NewGuid().ToByteArray()).ToLowerInvariant();
        server.Client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "a secret text" }, Cancellation);
        await server.Client.GetAsync("health", Cancellation);

        answer.EnsureSuccessStatusCode();
        await receiver.WaitForAsync(
            "/v1/traces",
            [.. "POST"u8],
            [.. "jina.embeddings.request"u8],
            [.. "jina.embeddings.tokenize"u8],
            [.. "jina.embeddings.queue"u8],
            [.. "jina.embeddings.inference"u8],
            [.. "our-embeddings"u8],
            Convert.FromHexString(trace));
        await receiver.WaitForAsync("/v1/metrics", [.. "jina.embeddings.tokens"u8], [.. "http.server.request.duration"u8]);

        // A server that stops sends the spans that it still has.
        server.Signal("TERM");
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
        Assert.DoesNotContain(receiver.Received("/v1/traces"), body => body.AsSpan().IndexOf("secret"u8) >= 0);
        Assert.DoesNotContain(receiver.Received("/v1/traces"), body => body.AsSpan().IndexOf("/health"u8) >= 0);
    }

    [Fact]
    public async Task Traces_alone_can_be_sent_to_an_address_of_their_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{receiver.Address}/v1/our-traces",
            ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
        });

        using var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "a" }, Cancellation);

        answer.EnsureSuccessStatusCode();
        await receiver.WaitForAsync("/v1/our-traces", [.. "jina.embeddings.request"u8]);
        server.Signal("TERM");
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
        Assert.Empty(receiver.Received("/v1/traces"));
        Assert.Empty(receiver.Received("/v1/metrics"));
    }

    [Fact]
    public void Variables_of_one_kind_of_data_change_only_its_exporter()
    {
        var settings = OtlpSettings.Read(
        [
            new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1/traces"),
            new("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            new("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "key=value"),
            new("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "1234"),
            new("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
            new("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "4321"),
        ]);
        var (traces, metrics, defaults) = (new OtlpExporterOptions(), new OtlpExporterOptions(), new OtlpExporterOptions());

        settings.Configure(traces, OtlpSettings.Traces);
        settings.Configure(metrics, OtlpSettings.Metrics);

        Assert.Equal(
            (new Uri("http://127.0.0.1:1/traces"), OtlpExportProtocol.HttpProtobuf, "key=value", 1234, OtlpExportCompression.GZip),
            (traces.Endpoint, traces.Protocol, traces.Headers, traces.TimeoutMilliseconds, traces.Compression));
        Assert.Equal(
            (defaults.Endpoint, defaults.Protocol, defaults.Headers, 4321, defaults.Compression),
            (metrics.Endpoint, metrics.Protocol, metrics.Headers, metrics.TimeoutMilliseconds, metrics.Compression));
    }

    [Fact]
    public async Task A_receiver_that_cannot_be_reached_does_not_stop_the_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        var environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9" };
        await using var server = await ServeProcess.StartAsync(environment);

        using var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "a" }, Cancellation);
        server.Signal("TERM");

        answer.EnsureSuccessStatusCode();
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_log_of_JSON_has_no_other_lines()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var server = await ServeProcess.StartAsync("--log-format", "json");

        using var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "a", color = "red" }, Cancellation);
        server.Signal("TERM");

        answer.EnsureSuccessStatusCode();
        var (exitCode, output, error) = await server.WaitAsync();
        Assert.Equal((0, ""), (exitCode, output));
        using var line = JsonDocument.Parse(Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("warning", line.RootElement.GetProperty("level").GetString());
        Assert.Equal("color", line.RootElement.GetProperty("fields").GetProperty("Field").GetString());
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", false, true)]
    [InlineData("OTEL_SERVICE_NAME", false, false)]
    public void A_signal_is_sent_if_it_has_an_endpoint(string name, bool traces, bool metrics)
    {
        var settings = OtlpSettings.Read([new(name, "http://127.0.0.1:4317"), new("PATH", "/bin")]);

        Assert.Equal((traces, metrics), (settings.ExportsTraces, settings.ExportsMetrics));
        Assert.Equal([name], settings.Variables.Keys);
    }
}
