using System.Text.Json;
using Jina.SemanticKernel.Tests.Support;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Tests.Retrieval;

/// <summary>Tests that records embedded by the store are found by text search and by the kernel function.</summary>
public sealed class RetrievalTests : IDisposable
{
    private readonly StoreFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_text_search_returns_the_nearest_records_with_names_and_links()
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;
        var search = kernel.GetRequiredService<ITextSearch<Note>>();

        var response = await search.GetTextSearchResultsAsync("wash the plates", new TextSearchOptions<Note> { Top = 2 }, Token);
        var results = await response.Results.ToListAsync(Token);

        Assert.Equal(2, results.Count);
        Assert.Equal("Shield", results[0].Name);
        Assert.Equal("https://station.example/shield", results[0].Link);
        Assert.Equal("Wash the plates of the radiation shield with water and a soft brush.", results[0].Value);
    }

    [Fact]
    public async Task The_function_in_the_kernel_returns_the_same_record()
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;

        var arguments = new KernelArguments { ["query"] = "wash the plates", ["count"] = 1 };
        var result = await kernel.InvokeAsync("notes", "Search", arguments, Token);

        var found = Assert.Single(result.GetValue<IReadOnlyList<TextSearchResult>>()!);
        Assert.Equal("Shield", found.Name);
        Assert.StartsWith("Wash the plates", found.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_of_the_function_uses_its_own_count_and_skip()
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;

        var first = await SearchAsync(kernel, new() { ["query"] = "wash the plates", ["count"] = 1 });
        var all = await SearchAsync(kernel, new() { ["query"] = "wash the plates", ["count"] = 4 });
        var usual = await SearchAsync(kernel, new() { ["query"] = "wash the plates" });
        var rest = await SearchAsync(kernel, new() { ["query"] = "wash the plates", ["count"] = 4, ["skip"] = 1 });

        Assert.Single(first);
        Assert.Equal(4, all.Count);
        Assert.Equal(all.Take(3), usual);
        Assert.Equal(all.Skip(1), rest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_question_returns_no_results(string question)
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;

        Assert.Empty(await SearchAsync(kernel, new() { ["query"] = question }));
    }

    [Fact]
    public async Task A_prompt_template_inserts_the_passages_for_its_question()
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;
        var config = new PromptTemplateConfig("Answer from: {{notes.Search query=$question count='1'}}");
        var template = new KernelPromptTemplateFactory().Create(config);

        var prompt = await template.RenderAsync(kernel, new() { ["question"] = "wash the plates" }, Token);

        Assert.Equal(
            "Answer from: [1] Shield https://station.example/shield\n"
            + "Wash the plates of the radiation shield with water and a soft brush.",
            prompt);
    }

    [Fact]
    public async Task A_chat_model_that_calls_the_function_gets_JSON()
    {
        var (kernel, services) = await KernelWithNotesAsync();
        await using var _ = services;
        AIFunction function = kernel.Plugins.GetFunction("notes", "Search").WithKernel(kernel);

        var json = (JsonElement)(await function.InvokeAsync(new() { ["query"] = "wash the plates", ["count"] = 1 }, Token))!;

        Assert.Equal("Shield", json[0].GetProperty("name").GetString());
        Assert.StartsWith("Wash the plates", json[0].GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_and_the_results_of_the_function_can_be_set()
    {
        var (kernel, services) = await KernelWithNotesAsync(options =>
        {
            options.PluginName = "Handbook";
            options.FunctionDescription = "Finds passages of the station's handbook.";
            options.ToResult = note => new TextSearchResult(note.Text.ToUpperInvariant()) { Name = note.Id };
        });
        await using var _ = services;
        var function = kernel.Plugins.GetFunction("Handbook", "Search");

        var result = await function.InvokeAsync(kernel, new() { ["query"] = "wash the plates", ["count"] = 1 }, Token);

        Assert.Equal("Finds passages of the station's handbook.", function.Description);
        Assert.Equal(["query", "count", "skip"], function.Metadata.Parameters.Select(parameter => parameter.Name));
        Assert.All(function.Metadata.Parameters, parameter => Assert.NotEmpty(parameter.Description));
        var found = Assert.Single(result.GetValue<IReadOnlyList<TextSearchResult>>()!);
        Assert.Equal(
            ("plates", "WASH THE PLATES OF THE RADIATION SHIELD WITH WATER AND A SOFT BRUSH."),
            (found.Name, found.Value));
    }

    [Fact]
    public async Task With_a_function_for_keywords_searches_are_hybrid()
    {
        var (kernel, services) = await KernelWithNotesAsync(
            options => options.ToKeywords = question => [question.Replace("wash the plates", "anemometer", StringComparison.Ordinal)],
            new SqliteVectorStoreOptions { HybridFusion = HybridFusion.ConvexCombination(0.9) });
        await using var _ = services;
        var search = kernel.GetRequiredService<ITextSearch<Note>>();

        Assert.Equal(["Wind"], await NamesAsync(new() { Top = 1 }));
        Assert.Equal(["Shield"], await NamesAsync(new() { Top = 1, Skip = 1 }));
        Assert.Equal(["Rain"], await NamesAsync(new() { Top = 4, Filter = note => note.Title == "Rain" }));

        async Task<List<string?>> NamesAsync(TextSearchOptions<Note> options) =>
            await (await search.GetTextSearchResultsAsync("wash the plates", options, Token)).Results
                .Select(result => result.Name)
                .ToListAsync(Token);
    }

    [Fact]
    public async Task Without_keywords_only_the_vector_counts()
    {
        var (kernel, services) = await KernelWithNotesAsync(
            options => options.ToKeywords = _ => [], new SqliteVectorStoreOptions { HybridFusion = HybridFusion.ConvexCombination(0.9) });
        await using var _ = services;

        var found = await SearchAsync(kernel, new() { ["query"] = "wash the plates" });

        Assert.StartsWith("Wash the plates", found[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_for_keywords_that_returns_null_is_an_error()
    {
        var (kernel, services) = await KernelWithNotesAsync(options => options.ToKeywords = _ => null!);
        await using var _ = services;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SearchAsync(kernel, new() { ["query"] = "wash the plates" }));

        Assert.Equal("ToKeywords returned null. To search by vector only, return an empty collection.", error.Message);
    }

    [Fact]
    public void A_collection_without_hybrid_search_cannot_use_keywords()
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaRetrieval<string, Note>("notes", options => options.ToKeywords = question => [question]);
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        builder.Services.AddSingleton<IVectorSearchable<Note>>(provider =>
            new VectorOnly(provider.GetRequiredService<VectorStoreCollection<string, Note>>()));

        var error = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.Contains("VectorOnly does not implement IKeywordHybridSearchable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_the_collection_becomes_the_name_of_the_plugin()
    {
        var builder = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model).AddJinaRetrieval<string, Note>("my notes-2");
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);

        Assert.Equal(["my_notes_2"], builder.Build().Plugins.Select(plugin => plugin.Name));
    }

    [Fact]
    public void Records_without_a_text_are_rejected_with_the_next_step()
    {
        var builder = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model).AddJinaRetrieval<string, Bare>("bare");
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);

        var error = Assert.Throws<InvalidOperationException>(() => builder.Build().Plugins);

        Assert.Equal(
            "No property of Bare is marked as the text of a search result. "
            + "Put [TextSearchResultValue] on one, or set ToResult.",
            error.Message);
    }

    private async Task<(Kernel Kernel, ServiceProvider Services)> KernelWithNotesAsync(
        Action<JinaRetrievalOptions<Note>>? configure = null, SqliteVectorStoreOptions? storeOptions = null)
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaRetrieval<string, Note>("notes", configure);
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString, storeOptions);
        var kernel = builder.Build();

        var notes = kernel.GetRequiredService<VectorStoreCollection<string, Note>>();
        await notes.EnsureCollectionExistsAsync(Token);
        await notes.UpsertAsync(Note.OfTheStation, Token);
        return (kernel, (ServiceProvider)kernel.Services);
    }

    private static async Task<List<string>> SearchAsync(Kernel kernel, KernelArguments arguments)
    {
        var result = await kernel.InvokeAsync("notes", "Search", arguments, Token);
        return [.. result.GetValue<IReadOnlyList<TextSearchResult>>()!.Select(found => found.Value)];
    }

    private sealed class Bare
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;
    }

    /// <summary>Represents a collection without hybrid search.</summary>
    private sealed class VectorOnly(IVectorSearchable<Note> inner) : IVectorSearchable<Note>
    {
        public IAsyncEnumerable<VectorSearchResult<Note>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<Note>? options = null, CancellationToken cancellationToken = default)
            where TInput : notnull =>
            inner.SearchAsync(searchValue, top, options, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);
    }
}
