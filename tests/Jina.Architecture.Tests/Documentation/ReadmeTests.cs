using System.Globalization;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;

namespace Jina.Architecture.Tests.Documentation;

#pragma warning disable xUnit1051 // The code is shown to readers, who have no test to cancel.
/// <summary>The code of README.md, run; it stands here because it takes all packages. Its first lines run in an app of their own, in Jina.Packaging.Tests.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly ServiceCollection services = [];
    private readonly IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Jina:MaxBatchTokens", "1000")]).Build();
    private readonly StringWriter Console = new(CultureInfo.InvariantCulture);

    public void Dispose() => Console.Dispose();

    [Fact]
    public void Every_snippet_but_the_first_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled("README.md", "tests/Jina.Architecture.Tests/Documentation", snippets: 7, runElsewhere: 1);

    [Fact]
    public async Task Registration()
    {
        var kernelBuilder = Kernel.CreateBuilder();

        services.AddJinaEmbeddings();                                             // jina-embedding-s-en-v1
        services.AddJinaEmbeddings(o => o.Model = JinaEmbeddingModel.BaseEnV1);   // options in code
        services.AddJinaEmbeddings(configuration.GetSection("Jina"));             // or from configuration
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);   // several side by side
        kernelBuilder.AddJinaEmbeddings();                                        // Semantic Kernel

        await using var provider = services.BuildServiceProvider();
        await using var kernel = (ServiceProvider)kernelBuilder.Build().Services;
        Assert.Equal("jina-embedding-b-en-v1", ModelOf(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal("jina-embedding-b-en-v1", ModelOf(provider.GetRequiredService<IEmbeddingGenerator>()));
        Assert.Equal("jina-embedding-l-en-v1", ModelOf(provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("large")));
        Assert.Equal("jina-embedding-s-en-v1", ModelOf(kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal(1000, provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value.MaxBatchTokens);
    }

    [Fact]
    public async Task In_a_hosted_app()
    {
        services.AddJinaEmbeddings(configuration.GetSection("Jina"));   // checked when the host starts, every error at once
        services.AddJinaEmbeddingsWarmUp();                              // downloaded, loaded and warm before the first request
        services.AddHealthChecks().AddJinaEmbeddingsHealthCheck(tags: ["ready"]);

        services.AddLogging();
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>());
    }

    [Fact]
    public async Task In_place_of_a_cloud_API()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapJinaEmbeddings("/v1/embeddings");   // in an ASP.NET Core app: Jina.Embeddings.AspNetCore

        Assert.Contains("/v1/embeddings", ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public async Task Speed_and_memory()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] lines = ["rain", "wind"];
        var count = 0;

        services.AddJinaEmbeddings(o => o.Precision = Precision.Int8);   // about 2.5 times as fast, a quarter of the memory
        services.AddJinaEmbeddings(o => o.MaxThreads = 1);               // leave processors to others
        await foreach (var embedding in jina.GenerateStreamingAsync(lines)) { }

        await foreach (var embedding in jina.GenerateStreamingAsync(lines))
        {
            count++;
        }

        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value;
        Assert.Equal((2, Precision.Int8, 1), (count, options.Precision, options.MaxThreads));
    }

    [Fact]
    public async Task Smaller_vectors()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] texts = ["rain", "rain"];

        var int8 = await jina.AsInt8Embeddings().GenerateAsync(texts);       // an IEmbeddingGenerator<string, Embedding<sbyte>>
        var binary = await jina.AsBinaryEmbeddings().GenerateAsync(texts);   // an IEmbeddingGenerator<string, BinaryEmbedding>
        Console.WriteLine(int8[0].CosineSimilarity(int8[1]));      // that of the floats, but for the rounding
        Console.WriteLine(binary[0].HammingDistance(binary[1]));   // differing bits; HammingSimilarity is from -1 to 1

        services.AddInt8Embeddings();                              // both beside AddJinaEmbeddings(); keyed forms too
        services.AddBinaryEmbeddings();

        var shown = Console.ToString().Split(Console.NewLine);
        Assert.Equal(1, float.Parse(shown[0], CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal("0", shown[1]);
        services.AddJinaEmbeddings(DemoModel.Model);
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(int8[0].Vector.ToArray(), (await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<sbyte>>>().GenerateAsync("rain")).Vector.ToArray());
        Assert.NotNull(provider.GetService<IEmbeddingGenerator<string, BinaryEmbedding>>());
    }

    [Fact]
    public async Task A_vector_store()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");   // Microsoft.Extensions.VectorData, embedded; it finds the model by itself

        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetService<VectorStore>());
    }

    private static string? ModelOf(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata?)generator.GetService(typeof(EmbeddingGeneratorMetadata)))?.DefaultModelId;
}
#pragma warning restore xUnit1051
