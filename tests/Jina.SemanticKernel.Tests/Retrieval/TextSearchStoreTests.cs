using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Tests.Retrieval;

/// <summary>Tests Semantic Kernel's store of texts with sources and the context that it gives an agent.</summary>
public sealed class TextSearchStoreTests : IDisposable
{
    private readonly StoreFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Documents_are_found_by_meaning_and_keyword()
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaTextSearchStore<string>("documents");
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        var store = kernel.GetRequiredService<TextSearchStore<string>>();
        await store.UpsertDocumentsAsync(Documents(), cancellationToken: Token);

#pragma warning disable CS0618 // The store does not accept other options.
        var search = await store.GetTextSearchResultsAsync("wash the plates", new TextSearchOptions { Top = 1 }, Token);
#pragma warning restore CS0618

        var found = Assert.Single(await search.Results.ToListAsync(Token));
        Assert.Equal(("Shield", "https://station.example/shield"), (found.Name, found.Link));
        Assert.StartsWith("Wash the plates", found.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_provider_gives_an_agent_the_passages_for_the_last_message()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore(_file.ConnectionString);
        services.AddJinaTextSearchStore<Guid>("documents", providerOptions: new TextSearchProviderOptions { Top = 1 });
        await using var container = services.BuildServiceProvider();
        await container.GetRequiredService<TextSearchStore<Guid>>().UpsertDocumentsAsync(Documents(), cancellationToken: Token);

        var provider = container.GetRequiredService<TextSearchProvider>();
        var context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, "How do I wash the plates?")], Token);

        Assert.Contains("SourceDocName: Shield", context.Instructions, StringComparison.Ordinal);
        Assert.Contains("Wash the plates of the radiation shield", context.Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("battery", context.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_are_required_if_the_generator_does_not_know_them_yet()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new GeneratorWithMetadata(new EmbeddingGeneratorMetadata("test", null, "late", null)));
        services.AddSingleton<VectorStore>(_file.Store);
        services.AddJinaTextSearchStore<string>("documents");
        using var container = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(container.GetRequiredService<TextSearchStore<string>>);

        Assert.Equal(
            "The generator 'late' does not know the length of its embeddings before the model is loaded. "
            + "Pass dimensions to AddJinaTextSearchStore.",
            error.Message);
    }

    private static IEnumerable<TextSearchDocument> Documents() => Note.OfTheStation.Select(note => new TextSearchDocument
    {
        SourceId = note.Id,
        SourceName = note.Title,
        SourceLink = note.Link,
        Text = note.Text,
    });
}
