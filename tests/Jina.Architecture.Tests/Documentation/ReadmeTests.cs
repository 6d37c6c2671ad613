using System.Globalization;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;

namespace Jina.Architecture.Tests.Documentation;

#pragma warning disable xUnit1051 // The code is an example for readers, who have no test to cancel.
/// <summary>
/// Runs the code in README.md, docs/quantized-embeddings.md and docs/similarity.md, which uses all packages. The first snippet
/// of README.md runs in Jina.Packaging.Tests, in an application of its own.
/// </summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly ServiceCollection services = [];
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter Console = new(CultureInfo.InvariantCulture);
    private readonly IConfiguration configuration =
        new ConfigurationBuilder().AddInMemoryCollection([new("Jina:MaxBatchTokens", "1000")]).Build();

    public void Dispose()
    {
        Console.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("README.md", 8, 1)]
    [InlineData("docs/quantized-embeddings.md", 2, 0)]
    [InlineData("docs/similarity.md", 2, 0)]
    public void Every_snippet_is_compiled(string page, int snippets, int runElsewhere) =>
        DocumentedCode.AssertCompiled(page, "tests/Jina.Architecture.Tests/Documentation", snippets, runElsewhere);

    [Fact]
    public async Task Registration()
    {
        var kernelBuilder = Kernel.CreateBuilder();

        services.AddJinaEmbeddings();                                             // jina-embedding-s-en-v1
        services.AddJinaEmbeddings(o => o.Model = JinaEmbeddingModel.BaseEnV1);   // options in code
        services.AddJinaEmbeddings(configuration.GetSection("Jina"));             // options from configuration
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);   // a second model, under a key
        kernelBuilder.AddJinaEmbeddings();                                        // Semantic Kernel

        await using var provider = services.BuildServiceProvider();
        await using var kernel = (ServiceProvider)kernelBuilder.Build().Services;
        Assert.Equal("jina-embedding-b-en-v1", ModelOf(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal("jina-embedding-b-en-v1", ModelOf(provider.GetRequiredService<IEmbeddingGenerator>()));
        var large = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("large");
        Assert.Equal("jina-embedding-l-en-v1", ModelOf(large));
        Assert.Equal("jina-embedding-s-en-v1", ModelOf(kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal(1000, provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value.MaxBatchTokens);
    }

    [Fact]
    public async Task Store_and_search()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");

        // The later registration is used: the demo model, and a file that is deleted after the test.
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore($"Data Source={_folder.File("rag.db")};Pooling=False");
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<VectorStore>();

        var notes = store.GetCollection<string, Note>("notes");   // store: the registered VectorStore
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(new Note { Id = "1", Text = "Empty the funnel every morning." });

        await foreach (var hit in notes.SearchAsync("When is the rain gauge emptied?", top: 3))
        {
            Console.WriteLine($"{hit.Score:F2} {hit.Record.Text}");
        }

        Assert.Matches(@"^0\.\d\d Empty the funnel every morning\.\s+$", Console.ToString());
    }

    [Fact]
    public async Task Host_it()
    {
        services.AddJinaEmbeddings(configuration.GetSection("Jina"));         // validated when the host starts
        services.AddJinaEmbeddingsWarmUp();                                    // loads the model before the first request
        services.AddHealthChecks().AddJinaEmbeddingsHealthCheck(tags: ["ready"]);

        services.AddLogging();
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetService<HealthCheckService>());
        var check = Assert.Single(provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
        Assert.Equal(["ready"], check.Tags);
    }

    [Fact]
    public async Task Replace_a_cloud_API()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapJinaEmbeddings("/v1/embeddings");

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        Assert.Contains("/v1/embeddings", endpoints.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public async Task Make_it_faster()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] lines = ["rain", "wind"];
        var count = 0;

        services.AddJinaEmbeddings(o => o.Precision = Precision.Int8);   // about 2.5 times as fast, weights of a quarter of the size
        services.AddJinaEmbeddings(o => o.MaxThreads = 1);               // leaves processors to others
        await foreach (var embedding in jina.GenerateStreamingAsync(lines)) { }   // any number of texts, in bounded memory

        await foreach (var embedding in jina.GenerateStreamingAsync(lines))
        {
            count++;
        }

        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value;
        Assert.Equal((2, Precision.Int8, 1), (count, options.Precision, options.MaxThreads));
    }

    [Fact]
    public async Task Make_vectors_smaller()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] texts = ["rain", "rain"];

        var int8 = await jina.AsInt8Embeddings().GenerateAsync(texts);       // 512 bytes instead of 2048, for 512 dimensions
        var binary = await jina.AsBinaryEmbeddings().GenerateAsync(texts);   // 64 bytes
        Console.WriteLine(int8[0].CosineSimilarity(int8[1]));                // the cosine of the floats, except for rounding
        Console.WriteLine(binary[0].HammingDistance(binary[1]));             // the number of differing bits

        services.AddInt8Embeddings();     // IEmbeddingGenerator<string, Embedding<sbyte>>
        services.AddBinaryEmbeddings();   // IEmbeddingGenerator<string, BinaryEmbedding>

        var shown = Console.ToString().Split(Console.NewLine);
        Assert.Equal(1, float.Parse(shown[0], CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal("0", shown[1]);
        services.AddJinaEmbeddings(DemoModel.Model);
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<sbyte>>>();
        Assert.Equal(int8[0].Vector.ToArray(), (await generator.GenerateAsync("rain")).Vector.ToArray());
        Assert.NotNull(provider.GetService<IEmbeddingGenerator<string, BinaryEmbedding>>());
    }

    [Fact]
    public async Task Similarity_without_a_store()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] texts = ["Empty the rain gauge every morning.", "The parcel was late.", "Oil the bearing twice a year."];

        var query = await jina.GenerateAsync("When is the rain gauge emptied?");
        var notes = await jina.GenerateAndZipAsync(texts);
        foreach (var (text, score) in query.FindClosest(notes, top: 2))   // the most similar text first
        {
            Console.WriteLine($"{score:F2} {text}");
        }

        var embeddings = await jina.GenerateAsync(texts);
        float[,] similarities = embeddings.SimilarityMatrix();            // the similarity of texts i and j is at [i, j]
        var topic = embeddings.NormalizedMean();                          // one embedding for all texts, of unit length

        Assert.Matches(@"^0\.\d\d Empty the rain gauge every morning\.\s+0\.\d\d .+\s+$", Console.ToString());
        Assert.Equal((3, 3), (similarities.GetLength(0), similarities.GetLength(1)));
        Assert.Equal(1, topic.CosineSimilarity(topic), 1e-5);
    }

    [Fact]
    public async Task Diverse_texts()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] texts =
        [
            "Empty the rain gauge every morning.", "Empty the rain gauge each morning.", "The parcel was late because of the rain.",
        ];
        var query = await jina.GenerateAsync("When is the rain gauge emptied in the morning?");
        var notes = await jina.GenerateAndZipAsync(texts);

        foreach (var (text, score) in query.FindDiverse(notes, top: 2, lambda: 0.7f))
        {
            Console.WriteLine($"{score:F2} {text}");
        }

        Assert.Matches(@"^0\.\d\d Empty the rain gauge .+\s+-?0\.\d\d .+\s+$", Console.ToString());
        Assert.Equal(texts[2], query.FindDiverse(notes, top: 2, lambda: 0)[1].Item);
    }

    private static string? ModelOf(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata?)generator.GetService(typeof(EmbeddingGeneratorMetadata)))?.DefaultModelId;
}
#pragma warning restore xUnit1051
