using System.ClientModel;
using Jina.Extensions.AI;
using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using OpenAI;
using OpenAI.Embeddings;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs the code of docs/swap.md: one line moves an app from a cloud API to the models in its own process.</summary>
public sealed class SwapTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["shield"] = "Wash the plates of the radiation shield with water and a soft brush.",
        ["battery"] = "Replace the batteries of the console once a year.",
        ["mast"] = "Bury the foot of the mast at least half a meter deep.",
    };

    private readonly ServiceCollection services = [];

    private readonly string model = RepositoryFiles.Path("models", "demo-en");

    [Fact]
    public void Every_snippet_is_compiled_here() =>
        DocumentedCode.AssertCompiled("docs/swap.md", "tests/Jina.Embeddings.Clients.Tests", snippets: 6);

    [Fact]
    public Task Before_the_change_the_app_uses_a_cloud_API()
    {
        var (key, options) = (new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = server.BaseAddress });

        services.AddEmbeddingGenerator(new EmbeddingClient("text-embedding-3-small", key, options).AsIEmbeddingGenerator());

        return AssertAnswersAsync();
    }

    [Fact]
    public Task After_the_change_the_app_uses_its_own_process()
    {
        services.AddJinaEmbeddings();

        services.Configure<JinaEmbeddingOptions>(options => options.Model = JinaEmbeddingModel.FromDirectory(model));
        return AssertAnswersAsync();
    }

    [Fact]
    public async Task A_collection_for_other_dimensions_is_rejected_with_both_numbers()
    {
        services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(model));
        using var folder = new TemporaryFolder();
        services.AddJinaSqliteVectorStore($"Data Source={folder.File("faq.db")}");
        await using var provider = services.BuildServiceProvider();
        var app = new Faq(provider.GetRequiredService<VectorStore>(), dimensions: 1536);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => app.AnswerAsync(Answers, "How do I clean the plates?"));

        Assert.Contains("1536", error.Message, StringComparison.Ordinal);
        Assert.Contains("256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_other_dimensions_is_rejected()
    {
        var options = new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(model) };
        await using var generator = new JinaEmbeddingGenerator(options);
        var request = new Microsoft.Extensions.AI.EmbeddingGenerationOptions { Dimensions = 1536 };

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["rain"], request, TestContext.Current.CancellationToken));

        Assert.StartsWith(
            "Dimensions 1536 was requested, but the vectors of demo-en have 256 dimensions.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_vectors_are_embedded_again()
    {
        using var folder = new TemporaryFolder();
        var file = $"Data Source={folder.File("rag.db")}";
        var client = new EmbeddingClient(
            "text-embedding-3-small", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = server.BaseAddress });
        using var cloud = client.AsIEmbeddingGenerator();
        using var before = new SqliteCollection<string, Note>(file, "notes", new() { EmbeddingGenerator = cloud });
        await before.EnsureCollectionExistsAsync(Token);
        await before.UpsertAsync(Answers.Select(answer => new Note { Id = answer.Key, Text = answer.Value }), Token);
        services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(model));
        services.AddJinaSqliteCollection<string, Note>("notes", file);
        await using var provider = services.BuildServiceProvider();

#pragma warning disable xUnit1051 // The code is shown to readers, who do not have a test to cancel.
        var notes = provider.GetRequiredService<SqliteCollection<string, Note>>();   // registered by AddJinaSqliteCollection
        await notes.ReembedAsync(new Progress<ReembeddingProgress>(p => Console.WriteLine($"{p.RecordsDone} of {p.TotalRecords}")));
#pragma warning restore xUnit1051

        await notes.EnsureCollectionExistsAsync(Token);
        var hit = await notes.SearchAsync("How do I wash the plates?", top: 1, cancellationToken: Token).SingleAsync(Token);
        Assert.Equal("shield", hit.Record.Id);
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => before.EnsureCollectionExistsAsync(Token));
        Assert.Contains(
            "of the model 'demo-en', but the embedding generator is 'text-embedding-3-small'.", error.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task AssertAnswersAsync()
    {
        using var folder = new TemporaryFolder();
        services.AddJinaSqliteVectorStore($"Data Source={folder.File("faq.db")}");
        await using var provider = services.BuildServiceProvider();

        var app = new Faq(provider.GetRequiredService<VectorStore>(), dimensions: 256);

        Assert.Equal(Answers["shield"], await app.AnswerAsync(Answers, "How do I wash the plates?"));
        Assert.Equal(Answers["battery"], await app.AnswerAsync(Answers, "When are new batteries due?"));
    }
}
