using Jina.Agents.Tests.Support;
using Jina.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.Agents.Tests.Retrieval;

public sealed class SearchFunctionTests : IDisposable
{
    private const string Shield = "Wash the plates of the radiation shield with water and a soft brush.";

    private readonly NoteStore _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_chat_model_that_calls_the_function_gets_numbered_passages_with_their_sources()
    {
        var notes = await _file.CreateNotesAsync();
        using var model = new ChatModel { Call = ("search", "query", "wash the plates") };
        using var client = model.AsBuilder().UseFunctionInvocation().Build();
        var search = notes.AsSearchFunction(note => new(note.Text, note.Title, note.Link), new() { Top = 2 });

        await client.GetResponseAsync("How do I wash the plates?", new ChatOptions { Tools = [search] }, Token);

        var passages = model.Result!.Split("\n\n");
        Assert.Equal(2, passages.Length);
        Assert.Equal($"[1] Shield https://station.example/plates\n{Shield}", passages[0]);
        Assert.StartsWith("[2] ", passages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_function_has_the_given_name_and_description_and_one_parameter()
    {
        var notes = await _file.CreateNotesAsync();

        var search = notes.AsSearchFunction(note => new(note.Text), name: "search_handbook", description: "Searches the handbook.");

        Assert.Equal(("search_handbook", "Searches the handbook."), (search.Name, search.Description));
        var parameters = search.JsonSchema.GetProperty("properties").EnumerateObject().ToList();
        Assert.Equal(["query"], parameters.Select(parameter => parameter.Name));
        Assert.NotEmpty(parameters[0].Value.GetProperty("description").GetString()!);
    }

    [Fact]
    public async Task The_options_of_the_search_limit_the_records()
    {
        var notes = await _file.CreateNotesAsync();
        var options = new RetrievalOptions<Note> { SearchOptions = new() { Filter = note => note.Title == "Rain" } };

        Assert.StartsWith("[1]\nEmpty the rain gauge", await CallAsync(notes, "wash the plates", options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("wash the plates")]
    public async Task Without_passages_the_result_is_a_sentence(string query)
    {
        var notes = await _file.CreateNotesAsync();
        var options = new RetrievalOptions<Note> { SearchOptions = new() { Filter = note => note.Title == "Snow" } };

        Assert.Equal("No passages were found.", await CallAsync(notes, query, options));
    }

    [Fact]
    public async Task With_a_function_for_keywords_the_search_is_hybrid()
    {
        var notes = await _file.CreateNotesAsync();
        var options = new RetrievalOptions<Note> { Top = 1, ToKeywords = _ => ["anemometer"] };

        Assert.Contains("cup anemometer", await CallAsync(notes, "wash the plates", options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_without_hybrid_search_cannot_use_keywords()
    {
        var notes = await _file.CreateNotesAsync();
        var options = new RetrievalOptions<Note> { ToKeywords = question => [question] };

        var error = Assert.Throws<InvalidOperationException>(
            () => new VectorOnly(notes).AsSearchFunction(note => new(note.Text), options));

        Assert.Contains("VectorOnly does not implement IKeywordHybridSearchable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_than_one_passage_is_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetrievalOptions<Note> { Top = 0 });
        Assert.Equal(5, new RetrievalOptions<Note>().Top);
    }

    [Fact]
    public async Task A_collection_that_does_not_exist_is_an_error_for_the_caller()
    {
        var retriever = new PassageRetriever<Note>(_file.Store.GetCollection<string, Note>("missing"), note => new(note.Text));

        await Assert.ThrowsAsync<VectorStoreException>(() => retriever.FindAsync("wind", Token));
    }

    private static async Task<string> CallAsync(
        VectorStoreCollection<string, Note> notes, string query, RetrievalOptions<Note> options)
    {
        var search = notes.AsSearchFunction(note => new(note.Text), options);
        return (await search.InvokeAsync(new() { ["query"] = query }, Token))!.ToString()!;
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
