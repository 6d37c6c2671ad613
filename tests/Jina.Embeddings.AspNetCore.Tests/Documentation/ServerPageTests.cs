using System.ClientModel;
using System.Text;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;

namespace Jina.Embeddings.AspNetCore.Tests.Documentation;

/// <summary>Runs the code of docs/server.md, and compares its tables with the code.</summary>
public sealed class ServerPageTests
{
    private const string Page = "docs/server.md";

    private static string Text => File.ReadAllText(RepositoryFiles.Path(Page));

    [Fact]
    public void Every_snippet_is_compiled_here() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Embeddings.AspNetCore.Tests/Documentation", snippets: 4);

    [Fact]
    public async Task The_app_of_the_page_answers_the_OpenAI_client()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Jina:Model"] = RepositoryFiles.Path("models", "demo-en");

        builder.Services.AddJinaEmbeddings(builder.Configuration.GetSection("Jina"));
        builder.Services.AddJinaEmbeddingEndpoint(builder.Configuration.GetSection("Jina:Server"));
        var app = builder.Build();
        app.MapJinaEmbeddings("/v1/embeddings");

        await using var running = app;
        await app.StartAsync(TestContext.Current.CancellationToken);
        var server = app.Urls.Single();

#pragma warning disable xUnit1051 // The page leaves out the token, for brevity.
        var client = new OpenAIClient(new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri($"{server}/v1") });
        var generator = client.GetEmbeddingClient("any").AsIEmbeddingGenerator();
        var vectors = await generator.GenerateAsync(["how is the weather today", "What is the current weather like today?"]);
#pragma warning restore xUnit1051

        Vectors.Equal(
            await Vectors.EmbedAsync(["how is the weather today", "What is the current weather like today?"]),
            [.. vectors.Select(vector => vector.Vector.ToArray())]);
        Assert.Equal(DemoModel.Name, vectors[0].ModelId);
        var models = await client.GetOpenAIModelClient().GetModelsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(DemoModel.Name, Assert.Single(models.Value).Id);
    }

    [Fact]
    public async Task The_OpenAI_client_reads_an_error()
    {
        await using var server = await TestServer.StartAsync(options => options.StrictModel = true);
        var options = new OpenAIClientOptions { Endpoint = new Uri(server.Client.BaseAddress!, "/v1") };
        var client = new OpenAIClient(new ApiKeyCredential("unused"), options);

        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => client.GetEmbeddingClient("other").GenerateEmbeddingAsync("x", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(404, error.Status);
        Assert.Contains("Model 'other' not found. Available models: demo-en.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conventions_can_be_chained()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapJinaEmbeddings().RequireCors("browsers").RequireAuthorization();
    }

    [Fact]
    public async Task The_app_can_decompress_bodies()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);

        builder.Services.AddRequestDecompression();
        var app = builder.Build();
        app.UseRequestDecompression();
        app.MapJinaEmbeddings();

        await app.DisposeAsync();
    }

    [Fact]
    public void The_example_configuration_is_valid()
    {
        var json = Text.Split("```json\n").Single(part => part.StartsWith("{ \"Jina\"", StringComparison.Ordinal)).Split("```")[0];
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var services = new ServiceCollection();
        services.AddJinaEmbeddingEndpoint(configuration.GetSection("Jina:Server"));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<JinaEmbeddingEndpointOptions>>().Value;

        Assert.Equal((2, 64), (options.ApiKeys.Count, options.MaxConcurrentRequests));
    }

    [Fact]
    public void The_tables_list_every_option_with_its_default_and_every_code()
    {
        var defaults = new JinaEmbeddingEndpointOptions();
        Assert.All(typeof(JinaEmbeddingEndpointOptions).GetProperties(), option =>
        {
            var row = Text.Split('\n').Single(line => line.StartsWith($"| `{option.Name}` |", StringComparison.Ordinal));
            Assert.True(option.GetValue(defaults) is not int value || row.EndsWith($" {value} |", StringComparison.Ordinal), row);
        });
        Assert.All(Enum.GetValues<RejectionKind>().Select(RejectionCodes.From), codes =>
        {
            var openAI = codes.OpenAICode is null or "context_length_exceeded" or "invalid_api_key";
            Assert.True(openAI || Text.Contains($"{codes.OpenAIStatus}, `{codes.OpenAICode}`", StringComparison.Ordinal), codes.OpenAICode);
            var jina = codes.JinaCode.StartsWith("AUTH_", StringComparison.Ordinal) || codes.JinaStatus is 403 or 415;
            Assert.True(jina || Text.Contains($"{codes.JinaStatus}, `{codes.JinaCode}`", StringComparison.Ordinal), codes.JinaCode);
        });
    }
}
