using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.Memory;

/// <summary>Semantic Kernel's memory, end to end: registered by one call, with the model and the store that people run.</summary>
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
    public async Task What_is_saved_is_read_back_whole()
    {
        await _memory.SaveInformationAsync("station", "The mast is ten metres high.", "mast", "About the mast", "page 3", cancellationToken: Token);

        var found = await _memory.GetAsync("station", "mast", withEmbedding: true, cancellationToken: Token);

        Assert.NotNull(found);
        Assert.Equal("mast", found.Metadata.Id);
        Assert.Equal("The mast is ten metres high.", found.Metadata.Text);
        Assert.Equal("About the mast", found.Metadata.Description);
        Assert.Equal("page 3", found.Metadata.AdditionalMetadata);
        Assert.False(found.Metadata.IsReference);
        Assert.Equal((await DemoModel.EmbedAsync("The mast is ten metres high.")).ToArray(), found.Embedding!.Value.ToArray());
    }

    [Fact]
    public async Task A_reference_keeps_where_the_text_is_but_not_the_text()
    {
        await _memory.SaveReferenceAsync("station", "The mast is ten metres high.", "https://station.example/mast", "Web", cancellationToken: Token);

        var found = await _memory.SearchAsync("station", "How high is the mast?", minRelevanceScore: 0, cancellationToken: Token).SingleAsync(Token);

        Assert.True(found.Metadata.IsReference);
        Assert.Equal("https://station.example/mast", found.Metadata.Id);
        Assert.Equal("Web", found.Metadata.ExternalSourceName);
        Assert.Empty(found.Metadata.Text);
        Assert.True(found.Embedding is null or { IsEmpty: true });
    }

    [Fact]
    public async Task A_search_gives_the_nearest_first_down_to_the_least_relevance()
    {
        await SaveNotesAsync();

        var all = await _memory.SearchAsync("station", "wash the plates with water", limit: 10, minRelevanceScore: -1, cancellationToken: Token).ToListAsync(Token);
        var least = all[1].Relevance;
        var relevant = await _memory.SearchAsync("station", "wash the plates with water", limit: 10, minRelevanceScore: least, cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(Note.OfTheStation.Length, all.Count);
        Assert.Equal("plates", all[0].Metadata.Id);
        Assert.Equal(all.OrderByDescending(found => found.Relevance).Select(found => found.Metadata.Id), all.Select(found => found.Metadata.Id));
        Assert.Equal(all.Take(2).Select(found => found.Metadata.Id), relevant.Select(found => found.Metadata.Id));
    }

    [Fact]
    public async Task The_text_itself_has_the_relevance_one()
    {
        await SaveNotesAsync();

        var found = await _memory.SearchAsync("station", Note.OfTheStation[1].Text, cancellationToken: Token).SingleAsync(Token);

        Assert.Equal("rain", found.Metadata.Id);
        Assert.Equal(1, found.Relevance, 1e-5);
        Assert.InRange(found.Relevance, 0, 1);
    }

    [Fact]
    public async Task Saving_again_under_the_same_id_replaces()
    {
        await _memory.SaveInformationAsync("station", "old", "mast", cancellationToken: Token);
        await _memory.SaveInformationAsync("station", "new", "mast", cancellationToken: Token);

        var found = await _memory.SearchAsync("station", "old", limit: 5, minRelevanceScore: -1, cancellationToken: Token).SingleAsync(Token);

        Assert.Equal("new", found.Metadata.Text);
    }

    [Fact]
    public async Task What_is_removed_is_not_found_any_more()
    {
        await SaveNotesAsync();

        await _memory.RemoveAsync("station", "plates", cancellationToken: Token);

        Assert.Null(await _memory.GetAsync("station", "plates", cancellationToken: Token));
        var left = await _memory.SearchAsync("station", "wash the plates", limit: 10, minRelevanceScore: -1, cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(["battery", "rain", "wind"], left.Select(found => found.Metadata.Id).Order());
    }

    [Fact]
    public async Task Collections_are_made_on_demand_and_listed()
    {
        await _memory.SaveInformationAsync("first", "a", "1", cancellationToken: Token);
        await _memory.SaveInformationAsync("second", "b", "1", cancellationToken: Token);

        Assert.Equal(["first", "second"], (await _memory.GetCollectionsAsync(cancellationToken: Token)).Order());
        Assert.Equal("a", (await _memory.GetAsync("first", "1", cancellationToken: Token))!.Metadata.Text);
        Assert.Equal("b", (await _memory.GetAsync("second", "1", cancellationToken: Token))!.Metadata.Text);
    }

    [Fact]
    public async Task In_a_collection_that_is_not_there_nothing_is_found()
    {
        Assert.Empty(await _memory.SearchAsync("nowhere", "wind", limit: 3, minRelevanceScore: -1, cancellationToken: Token).ToListAsync(Token));
        Assert.Null(await _memory.GetAsync("nowhere", "1", cancellationToken: Token));
        await _memory.RemoveAsync("nowhere", "1", cancellationToken: Token);
        Assert.Empty(await _memory.GetCollectionsAsync(cancellationToken: Token));
    }

    private async Task SaveNotesAsync()
    {
        foreach (var note in Note.OfTheStation)
        {
            await _memory.SaveInformationAsync("station", note.Text, note.Id, cancellationToken: Token);
        }
    }
}
