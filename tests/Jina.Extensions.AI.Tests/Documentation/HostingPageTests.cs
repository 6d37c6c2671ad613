using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Jina.Extensions.AI.DependencyInjection;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>The code of docs/hosting.md, compiled and run.</summary>
public sealed class HostingPageTests
{
    private const string Page = "docs/hosting.md";

    private readonly ServiceCollection services = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_snippet_is_compiled_by_these_tests() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 5);

    [Fact]
    public void The_table_has_every_key() => Assert.All(
        OptionKeys.All,
        key => Assert.Contains($"| `{key.Name}` |", File.ReadAllText(RepositoryFiles.Path(Page)), StringComparison.Ordinal));

    [Fact]
    public async Task The_shortest_path()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Jina:Model", (string?)DemoModel.Folder)]);

        builder.Services.AddJinaEmbeddings(builder.Configuration.GetSection("Jina"));
        builder.Services.AddJinaEmbeddingsWarmUp();
        builder.Services.AddHealthChecks().AddJinaEmbeddingsHealthCheck(tags: ["ready"]);

        using var host = builder.Build();
        await host.StartAsync(Token);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        Assert.Equal(HealthStatus.Healthy, report.Status);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task The_example_of_a_configuration_is_read()
    {
        var json = File.ReadAllText(RepositoryFiles.Path(Page)).Split("```json\n")[1].Split("```")[0];
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

        services.AddJinaEmbeddings(configuration.GetSection("Jina"));

        await using var provider = services.BuildServiceProvider();
        Assert.Equal("jina-embedding-b-en-v1", provider.GetRequiredService<JinaEmbeddingGenerator>().Model.Name);
    }

    [Fact]
    public async Task Services_as_parameters()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapPost("/notes", async (Note note, TokenChunker chunker, JinaEmbeddingGenerator generator) =>
        {
            var chunks = chunker.Split(note.Text).Select(chunk => note.Text[chunk.Start..chunk.End]);
            var embeddings = await generator.GenerateAsync(chunks);
            return embeddings.NormalizedMean().Vector.ToArray();
        });

        await app.StartAsync(Token);
        using var client = new HttpClient();
        using var response = await client.PostAsJsonAsync($"{app.Urls.Single()}/notes", new Note("rain"), Token);
        var vector = await response.Content.ReadFromJsonAsync<float[]>(Token);
        var generator = app.Services.GetRequiredService<JinaEmbeddingGenerator>();
        var expected = await generator.GenerateVectorAsync("rain", cancellationToken: Token);
        Tolerance.Reference.AssertEqual(expected, vector);
    }

    [Fact]
    public async Task Several_models()
    {
        services.AddJinaEmbeddings();
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);
        services.AddKeyedJinaEmbeddingsWarmUp("large");

        await using var provider = services.BuildServiceProvider();
        var names = new[] { null, "large" }.Select(key => provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key).Model.Name);
        Assert.Equal(["jina-embedding-s-en-v1", "jina-embedding-l-en-v1"], names);
        Assert.Single(services, service => service.ServiceType == typeof(IHostedService));
    }

    [Fact]
    public async Task Middleware()
    {
        services.AddJinaEmbeddings()
            .UseOpenTelemetry()         // outermost: also sees requests that the cache answers
            .UseLogging()
            .UseJinaEmbeddingCache();   // innermost: only texts that are not cached reach the model

        services.AddOpenTelemetry().WithMetrics(
            metrics => metrics.AddMeter("Jina.Extensions.AI", "Experimental.Microsoft.Extensions.AI"));

        services.Configure<JinaEmbeddingOptions>(options => options.Model = DemoModel.Model);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug));
        services.AddDistributedMemoryCache();
        var (activities, exported) = (new List<Activity>(), new List<Metric>());
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("Experimental.Microsoft.Extensions.AI").AddInMemoryExporter(activities))
            .WithMetrics(metrics => metrics.AddInMemoryExporter(exported));
        await using var provider = services.BuildServiceProvider();
        var meters = provider.GetRequiredService<MeterProvider>();
        var tracer = provider.GetRequiredService<TracerProvider>();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var first = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var second = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        tracer.ForceFlush();
        meters.ForceFlush();

        Assert.Equal(first.Usage!.InputTokenCount, second.Usage!.InputTokenCount);
        Assert.Equal(["embeddings demo-en", "embeddings demo-en"], activities.Select(activity => activity.DisplayName));
        Assert.All(activities, activity =>
        {
            var tokens = Convert.ToInt32(activity.GetTagItem("gen_ai.usage.input_tokens"), null);
            Assert.Equal((int)first.Usage.InputTokenCount!, tokens);
        });
        Assert.Contains("jina.embeddings.tokens", exported.Select(metric => metric.Name));
        Assert.Contains("gen_ai.client.token.usage", exported.Select(metric => metric.Name));
    }

    [Fact]
    public async Task Traces()
    {
        services.AddOpenTelemetry().WithTracing(
            tracing => tracing.AddSource("Jina.Extensions.AI", "Experimental.Microsoft.Extensions.AI"));

        // Other tests run at the same time, with traces of their own.
        using var root = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var activities = new List<Activity>();
        services.AddJinaEmbeddings(DemoModel.Model).UseOpenTelemetry();
        services.AddOpenTelemetry().WithTracing(tracing => tracing.AddInMemoryExporter(activities));
        await using (var provider = services.BuildServiceProvider())
        {
            _ = provider.GetRequiredService<TracerProvider>();
            var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
            await generator.GenerateAsync(["rain"], cancellationToken: Token);
        }

        Assert.Equal(
            [
                "jina.embeddings.tokenize", "jina.embeddings.queue", "jina.embeddings.inference", "jina.embeddings.request",
                "embeddings demo-en",
            ],
            activities.Where(activity => activity.TraceId == root.TraceId).Select(activity => activity.DisplayName));
    }

    [Fact]
    public async Task The_distributed_cache_of_the_abstractions_works_too()
    {
        services.AddDistributedMemoryCache();
        services.AddJinaEmbeddings(DemoModel.Model).UseDistributedCache();
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var first = await generator.GenerateAsync(["rain"], cancellationToken: Token);
        var second = await generator.GenerateAsync(["rain"], cancellationToken: Token);

        Assert.Equal(first[0].Vector.ToArray(), second[0].Vector.ToArray());
        Assert.Null(second.Usage);
    }

    private sealed record Note(string Text);
}
