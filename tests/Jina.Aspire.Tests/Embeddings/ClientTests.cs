using System.ClientModel;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Jina.Aspire.Tests.Embeddings;

/// <summary>Tests the client with a real server.</summary>
public sealed class ClientTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string HealthCheckName = "Jina.Embeddings_embeddings";

    [Fact]
    public async Task Texts_are_embedded_with_the_model_of_the_connection_string()
    {
        var builder = Connected(server.ConnectionString);
        builder.AddJinaEmbeddingsClient("embeddings");
        using var host = builder.Build();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var metadata = () => generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("jina", new Uri($"{server.Address}/v1"), "demo-en", null), Of(metadata()));

        var vectors = await generator.GenerateAsync(["rain", "a wet day"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([256, 256], vectors.Select(vector => vector.Vector.Length));
        Assert.Equal(("jina", new Uri($"{server.Address}/v1"), "demo-en", (int?)256), Of(metadata()));
        Assert.InRange(vectors.Usage!.InputTokenCount!.Value, 4, 20);
    }

    [Fact]
    public async Task A_keyed_client_has_a_section_of_its_own()
    {
        var builder = Connected(
            $"Endpoint={server.Address}/v1/",
            ("Aspire:Jina:Embeddings:Model", "other"),
            ("Aspire:Jina:Embeddings:embeddings:Model", "demo-en"),
            ("Aspire:Jina:Embeddings:embeddings:Dimensions", "256"));
        builder.AddKeyedJinaEmbeddingsClient("embeddings", settings => settings.Key = ServerFixture.Key);
        using var host = builder.Build();
        var generator = host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("embeddings");

        Assert.Null(host.Services.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Equal(256, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
        Assert.Equal(256, (await generator.GenerateVectorAsync("rain", cancellationToken: TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData("wrong-secret", "demo-en", null, 401, "API key")]
    [InlineData(ServerFixture.Key, "other", null, 404, "demo-en")]
    [InlineData(ServerFixture.Key, "demo-en", 512, 400, "256")]
    public async Task A_rejection_has_the_message_of_the_server(string key, string model, int? dimensions, int status, string message)
    {
        var builder = Connected($"Endpoint={server.Address};Key={key};Model={model}");
        builder.AddJinaEmbeddingsClient("embeddings", settings => settings.Dimensions = dimensions);
        using var host = builder.Build();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var error = await Assert.ThrowsAsync<ClientResultException>(() => GenerateAsync(generator));

        Assert.Equal(status, error.Status);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_sent_once_by_the_HTTP_client_that_the_app_configures()
    {
        var handler = new UnavailableServer();
        var builder = Connected(server.ConnectionString);
        builder.AddJinaEmbeddingsClient("embeddings");
        builder.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => handler));
        using var host = builder.Build();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        await Assert.ThrowsAsync<ClientResultException>(() => GenerateAsync(generator));

        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task The_health_check_requests_the_server()
    {
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(server.ConnectionString))!.Value.Status);

        var unreachable = (await CheckAsync("Endpoint=http://127.0.0.1:1"))!.Value;
        Assert.Equal(HealthStatus.Unhealthy, unreachable.Status);
        Assert.StartsWith("The embeddings server 'embeddings' cannot be reached: ", unreachable.Description, StringComparison.Ordinal);

        var another = (await CheckAsync($"Endpoint={server.Address}/path"))!.Value;
        Assert.StartsWith($"{server.Address}/path/health returned 404. Expected 200.", another.Description, StringComparison.Ordinal);

        var missing = (await CheckAsync(""))!.Value;
        Assert.StartsWith("The address of the embeddings server 'embeddings' is missing.", missing.Description, StringComparison.Ordinal);

        Assert.Null(await CheckAsync(server.ConnectionString, ("Aspire:Jina:Embeddings:DisableHealthChecks", "true")));
    }

    [Fact]
    public void A_connection_with_and_without_a_key_has_one_health_check()
    {
        var builder = Connected(server.ConnectionString);
        builder.AddJinaEmbeddingsClient("embeddings");
        builder.AddKeyedJinaEmbeddingsClient("embeddings");
        using var host = builder.Build();

        Assert.NotNull(host.Services.GetRequiredService<HealthCheckService>());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Traces_and_metrics_are_recorded_unless_they_are_disabled(bool disableTracing, bool disableMetrics)
    {
        List<Activity> activities = [];
        List<Metric> metrics = [];
        var builder = Connected(server.ConnectionString);
        builder.AddJinaEmbeddingsClient(
            "embeddings", settings => (settings.DisableTracing, settings.DisableMetrics) = (disableTracing, disableMetrics));
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddInMemoryExporter(activities))
            .WithMetrics(meters => meters.AddInMemoryExporter(metrics));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        await GenerateAsync(host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Equal(disableTracing ? [] : ["embeddings demo-en"], activities.Select(activity => activity.DisplayName));
        Assert.Equal(!disableMetrics, metrics.Any(metric => metric.Name == "gen_ai.client.operation.duration"));
        Assert.All(activities, activity => Assert.Equal("jina", activity.GetTagItem("gen_ai.provider.name")));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task GenerateAsync(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        await generator.GenerateAsync(["rain"], cancellationToken: TestContext.Current.CancellationToken);

    private static (string?, Uri?, string?, int?) Of(EmbeddingGeneratorMetadata metadata) =>
        (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId, metadata.DefaultModelDimensions);

    private static HostApplicationBuilder Connected(string connectionString, params (string Key, string? Value)[] configuration) =>
        ClientHost.Create([("ConnectionStrings:embeddings", connectionString), .. configuration]);

    private static async Task<HealthReportEntry?> CheckAsync(string connectionString, params (string Key, string? Value)[] configuration)
    {
        var builder = Connected(connectionString, configuration);
        builder.Services.AddHealthChecks();
        builder.AddJinaEmbeddingsClient("embeddings");
        using var host = builder.Build();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries.TryGetValue(HealthCheckName, out var entry) ? entry : null;
    }

    private sealed class UnavailableServer : DelegatingHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }
    }
}
