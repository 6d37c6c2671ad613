using System.ClientModel;
using System.Text;
using Jina.Embeddings.AspNetCore.Limits;
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

/// <summary>The code of docs/server.md, run, and its tables, compared.</summary>
public sealed class ServerPageTests
{
    private const string Page = "docs/server.md";

    private static string Text => File.ReadAllText(RepositoryFiles.Path(Page));

    [Fact]
    public void Every_snippet_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Embeddings.AspNetCore.Tests/Documentation", snippets: 3);

    [Fact]
    public async Task An_app_of_four_lines_answers_a_client_of_OpenAI()
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

#pragma warning disable xUnit1051 // The page does without a token, for brevity.
        var client = new OpenAIClient(new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri($"{server}/v1") });
        var generator = client.GetEmbeddingClient("any").AsIEmbeddingGenerator();
        var vectors = await generator.GenerateAsync(["how is the weather today", "What is the current weather like today?"]);
#pragma warning restore xUnit1051

        Vectors.Equal(
            await Vectors.OfAsync(["how is the weather today", "What is the current weather like today?"]),
            [.. vectors.Select(vector => vector.Vector.ToArray())]);
        Assert.Equal(DemoModel.Name, vectors[0].ModelId);
        Assert.Equal(DemoModel.Name, Assert.Single((await client.GetOpenAIModelClient().GetModelsAsync(TestContext.Current.CancellationToken)).Value).Id);
    }

    [Fact]
    public async Task A_client_of_OpenAI_reads_a_refusal()
    {
        await using var server = await TestServer.StartAsync(options => options.StrictModel = true);
        var client = new OpenAIClient(new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(server.Client.BaseAddress!, "/v1") });

        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => client.GetEmbeddingClient("other").GenerateEmbeddingAsync("x", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(404, error.Status);
        Assert.Contains("Model 'other' not found. Available models: demo-en.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conventions_of_the_host_apply()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapJinaEmbeddings().RequireCors("browsers").RequireAuthorization();
    }

    [Fact]
    public void The_example_of_a_configuration_is_one()
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
    public void The_tables_have_every_option_with_its_default_and_every_code()
    {
        var defaults = new JinaEmbeddingEndpointOptions();
        Assert.All(typeof(JinaEmbeddingEndpointOptions).GetProperties(), option =>
        {
            var row = Text.Split('\n').Single(line => line.StartsWith($"| `{option.Name}` |", StringComparison.Ordinal));
            Assert.True(option.GetValue(defaults) is not int value || row.EndsWith($" {value} |", StringComparison.Ordinal), row);
        });
        Assert.All(Enum.GetValues<RefusalKind>().Select(RefusalCodes.Of), codes =>
        {
            Assert.True(codes.OpenAICode is null || Text.Contains($"{codes.OpenAIStatus}, `{codes.OpenAICode}`", StringComparison.Ordinal) || codes.OpenAICode is "context_length_exceeded" or "invalid_api_key", codes.OpenAICode);
            Assert.True(codes.JinaCode.StartsWith("AUTH_", StringComparison.Ordinal) || codes.JinaStatus == 415 || Text.Contains($"{codes.JinaStatus}, `{codes.JinaCode}`", StringComparison.Ordinal), codes.JinaCode);
        });
    }
}
