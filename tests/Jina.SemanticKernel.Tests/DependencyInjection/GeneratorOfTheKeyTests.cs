using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.DependencyInjection;

/// <summary>Keyed registrations embed with the generator of their key, although stores only look for a generator without a key.</summary>
public sealed class GeneratorOfTheKeyTests : IDisposable
{
    private readonly StoreFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_store_finds_the_generator_of_the_kernel()
    {
        var builder = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model);
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        var notes = kernel.GetRequiredService<VectorStore>().GetCollection<string, Note>("notes");
        await notes.EnsureCollectionExistsAsync(Token);

        await notes.UpsertAsync(Note.OfTheStation, Token);
        var found = await notes.SearchAsync("wash the plates", top: 1, cancellationToken: Token).SingleAsync(Token);

        Assert.Equal("plates", found.Record.Id);
    }

    [Fact]
    public async Task Keyed_registrations_embed_with_the_generator_of_their_key()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new GeneratorWithMetadata("without-key"));
        services.AddKeyedEmbeddingGenerator("demo", new GeneratorWithMetadata("of-the-key"));
        services.AddJinaSqliteVectorStore(_file.ConnectionString);
        services
            .AddJinaRetrieval<string, Note>("notes", serviceId: "demo")
            .AddJinaTextMemory("demo")
            .AddJinaTextSearchStore<string>("documents", serviceId: "demo");
        await using var container = services.BuildServiceProvider();

        await container.GetRequiredKeyedService<VectorStoreCollection<string, Note>>("demo").EnsureCollectionExistsAsync(Token);
        await container.GetRequiredKeyedService<ISemanticTextMemory>("demo")
            .SaveInformationAsync("memories", "wind", "1", cancellationToken: Token);
        await container.GetRequiredKeyedService<TextSearchStore<string>>("demo").UpsertTextAsync(["rain"], Token);

        // The database records the model of its vectors and rejects the other model.
        var store = container.GetRequiredService<VectorStore>();
        var memories = new VectorStoreMemoryStore(store, container.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        var documents = new TextSearchStore<string>(store, "documents", DemoModel.Dimensions);
        await AssertRejectedAsync(() => store.GetCollection<string, Note>("notes").EnsureCollectionExistsAsync(Token));
        await AssertRejectedAsync(() => memories.CreateCollectionAsync("memories", Token));
        await AssertRejectedAsync(() => documents.UpsertTextAsync(["wind"], Token));
    }

    private static async Task AssertRejectedAsync(Func<Task> open)
    {
        var error = await Assert.ThrowsAsync<VectorStoreException>(open);
        Assert.Contains("'of-the-key'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'without-key'", error.Message, StringComparison.Ordinal);
    }
}
