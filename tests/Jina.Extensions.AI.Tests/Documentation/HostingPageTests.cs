using System.Diagnostics;
using Jina.Extensions.AI.DependencyInjection;
using Jina.Extensions.AI.Tests.Chunking;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>The code of docs/hosting.md, run.</summary>
public sealed class HostingPageTests
{
    private const string Page = "docs/hosting.md";

    private readonly ServiceCollection services = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_snippet_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 5);

    [Fact]
    public void The_table_has_every_key() =>
        Assert.All(OptionKeys.All, key => Assert.Contains($"| `{key.Name}` |", File.ReadAllText(RepositoryFiles.Path(Page)), StringComparison.Ordinal));

    [Fact]
    public async Task The_example_of_a_configuration_is_one()
    {
        var json = File.ReadAllText(RepositoryFiles.Path(Page)).Split("```json\n")[1].Split("```")[0];
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Build();

        services.AddJinaEmbeddings(configuration.GetSection("Jina"));

        await using var provider = services.BuildServiceProvider();
        Assert.Equal("jina-embedding-b-en-v1", provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task Several_models()
    {
        services.AddJinaEmbeddings();
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);

        services.AddJinaEmbeddingsWarmUp();          // and AddJinaEmbeddingsWarmUp("large")
        services.AddHealthChecks().AddJinaEmbeddingsHealthCheck(tags: ["ready"]);

        await using var provider = services.BuildServiceProvider();
        Assert.Equal([null, "large"], new[] { null, "large" }.Select(key => provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key).ServiceKey));
    }

    [Fact]
    public async Task Middleware()
    {
        services.AddJinaEmbeddings()
            .UseOpenTelemetry()      // sees every call, also those that the cache answers
            .UseLogging()
            .UseJinaEmbeddingCache();    // innermost: only what it does not know reaches the model

        services.Configure<JinaEmbeddingOptions>(options => options.Model = DemoModel.Model);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug));
        services.AddDistributedMemoryCache();
        var (activities, exported) = (new List<Activity>(), new List<Metric>());
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Jina.Extensions.AI", "Experimental.Microsoft.Extensions.AI"));
        services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Experimental.Microsoft.Extensions.AI").AddInMemoryExporter(activities)).WithMetrics(builder => builder.AddInMemoryExporter(exported));
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
        Assert.All(activities, activity => Assert.Equal((int)first.Usage.InputTokenCount!, Convert.ToInt32(activity.GetTagItem("gen_ai.usage.input_tokens"), null)));
        Assert.Contains("jina.embeddings.tokens", exported.Select(metric => metric.Name));
        Assert.Contains("gen_ai.client.token.usage", exported.Select(metric => metric.Name));
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
}
