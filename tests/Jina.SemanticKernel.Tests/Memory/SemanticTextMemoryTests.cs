using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.Memory;

/// <summary>Tests Semantic Kernel's memory end to end, with a real model and a real store.</summary>
public sealed class SemanticTextMemoryTests : IAsyncDisposable
{
    private readonly StoreFile _file = new();
    private readonly ServiceProvider _services;
    private readonly ISemanticTextMemory _memory;

    public SemanticTextMemoryTests()
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaTextMemory();
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        var kernel = builder.Build();
        _services = (ServiceProvider)kernel.Services;
        _memory = kernel.GetRequiredService<ISemanticTextMemory>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task A_saved_memory_is_read_back_completely()
    {
        await _memory.SaveInformationAsync(
            "station", "The mast is ten meters high.", "mast", "About the mast", "page 3", cancellationToken: Token);

        var found = await _memory.GetAsync("station", "mast", withEmbedding: true, cancellationToken: Token);

        Assert.NotNull(found);
        Assert.Equal("mast", found.Metadata.Id);
        Assert.Equal("The mast is ten meters high.", found.Metadata.Text);
        Assert.Equal("About the mast", found.Metadata.Description);
        Assert.Equal("page 3", found.Metadata.AdditionalMetadata);
        Assert.False(found.Metadata.IsReference);
        Assert.Equal((await DemoModel.EmbedAsync("The mast is ten meters high.")).ToArray(), found.Embedding!.Value.ToArray());
    }

    [Fact]
    public async Task A_reference_stores_the_source_but_not_the_text()
    {
        await _memory.SaveReferenceAsync(
            "station", "The mast is ten meters high.", "https://station.example/mast", "Web", cancellationToken: Token);

        var found = Assert.Single(await SearchAsync("How high is the mast?", limit: 1, minRelevanceScore: 0));

        Assert.True(found.Metadata.IsReference);
        Assert.Equal("https://station.example/mast", found.Metadata.Id);
        Assert.Equal("Web", found.Metadata.ExternalSourceName);
        Assert.Empty(found.Metadata.Text);
        Assert.True(found.Embedding is null or { IsEmpty: true });
    }

    [Fact]
    public async Task A_search_returns_the_nearest_first_down_to_the_minimum_relevance()
    {
        await SaveNotesAsync();

        var all = await SearchAsync("wash the plates with water", limit: 10, minRelevanceScore: -1);
        var relevant = await SearchAsync("wash the plates with water", limit: 10, minRelevanceScore: all[1].Relevance);

        Assert.Equal(Note.OfTheStation.Length, all.Count);
        Assert.Equal("plates", all[0].Metadata.Id);
        Assert.Equal(
            all.OrderByDescending(found => found.Relevance).Select(found => found.Metadata.Id),
            all.Select(found => found.Metadata.Id));
        Assert.Equal(all.Take(2).Select(found => found.Metadata.Id), relevant.Select(found => found.Metadata.Id));
    }

    [Fact]
    public async Task The_same_text_has_a_relevance_of_one()
    {
        await SaveNotesAsync();

        var found = await _memory.SearchAsync("station", Note.OfTheStation[1].Text, cancellationToken: Token).SingleAsync(Token);

        Assert.Equal("rain", found.Metadata.Id);
        Assert.Equal(1, found.Relevance, 1e-5);
        Assert.InRange(found.Relevance, 0, 1);
    }

    [Fact]
    public async Task Saving_with_the_same_id_replaces_the_memory()
    {
        await _memory.SaveInformationAsync("station", "old", "mast", cancellationToken: Token);
        await _memory.SaveInformationAsync("station", "new", "mast", cancellationToken: Token);

        var found = Assert.Single(await SearchAsync("old", limit: 5, minRelevanceScore: -1));

        Assert.Equal("new", found.Metadata.Text);
    }

    [Fact]
    public async Task A_removed_memory_is_no_longer_found()
    {
        await SaveNotesAsync();

        await _memory.RemoveAsync("station", "plates", cancellationToken: Token);

        Assert.Null(await _memory.GetAsync("station", "plates", cancellationToken: Token));
        var left = await SearchAsync("wash the plates", limit: 10, minRelevanceScore: -1);
        Assert.Equal(["battery", "rain", "wind"], left.Select(found => found.Metadata.Id).Order());
    }

    [Fact]
    public async Task Collections_are_created_on_demand_and_listed()
    {
        await _memory.SaveInformationAsync("first", "a", "1", cancellationToken: Token);
        await _memory.SaveInformationAsync("second", "b", "1", cancellationToken: Token);

        Assert.Equal(["first", "second"], (await _memory.GetCollectionsAsync(cancellationToken: Token)).Order());
        Assert.Equal("a", (await _memory.GetAsync("first", "1", cancellationToken: Token))!.Metadata.Text);
        Assert.Equal("b", (await _memory.GetAsync("second", "1", cancellationToken: Token))!.Metadata.Text);
    }

    [Fact]
    public async Task A_missing_collection_is_empty()
    {
        Assert.Empty(await SearchAsync("wind", limit: 3, minRelevanceScore: -1, collection: "nowhere"));
        Assert.Null(await _memory.GetAsync("nowhere", "1", cancellationToken: Token));
        await _memory.RemoveAsync("nowhere", "1", cancellationToken: Token);
        Assert.Empty(await _memory.GetCollectionsAsync(cancellationToken: Token));
    }

    private async Task<List<MemoryQueryResult>> SearchAsync(
        string query, int limit, double minRelevanceScore, string collection = "station") =>
        await _memory.SearchAsync(collection, query, limit, minRelevanceScore, cancellationToken: Token).ToListAsync(Token);

    private async Task SaveNotesAsync()
    {
        foreach (var note in Note.OfTheStation)
        {
            await _memory.SaveInformationAsync("station", note.Text, note.Id, cancellationToken: Token);
        }
    }
}
