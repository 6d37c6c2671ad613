using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class PassageSearchTests : IDisposable
{
    private readonly IndexedDocs _docs = new();

    [Theory]
    [InlineData(nameof(SearchKind.Vector))]
    [InlineData(nameof(SearchKind.Keyword))]
    [InlineData(nameof(SearchKind.Hybrid))]
    public async Task Every_kind_of_search_finds_only_passages_in_the_scope(string kind)
    {
        const string Question = "How long does the battery of the anemometer last?";
        await _docs.IngestAsync();

        Assert.Contains("wind.txt", await FindAsync(PassageScope.All));
        Assert.Equal(["more/battery.markdown"], await FindAsync(new PassageScope([], "more")));
        Assert.Equal(["wind.txt"], await FindAsync(new PassageScope([_docs.Path], "*.txt")));
        Assert.Equal((await FindAsync(PassageScope.All)).Count, (await FindAsync(new PassageScope([_docs.Path]))).Count);
        Assert.Empty(await FindAsync(new PassageScope(["/other"])));
        Assert.Empty(await FindAsync(new PassageScope([], "*.none")));

        Task<IReadOnlyList<string>> FindAsync(PassageScope scope) =>
            _docs.FindAsync(Question, scope, Enum.Parse<SearchKind>(kind));
    }

    public void Dispose() => _docs.Dispose();
}
