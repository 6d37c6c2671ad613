using Jina.VectorData.Sqlite.Tests.Support;

namespace Jina.VectorData.Sqlite.Tests.Search;

/// <summary>Tests the limits of keywords.</summary>
public sealed class KeywordTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Repeated_keywords_count_once()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var once = await hotels.KeywordSearchAsync(["ferries", "rooms  with"], 10).ToListAsync();
        var often = await hotels.KeywordSearchAsync(
            [.. Enumerable.Repeat("ferries", 50_000), "rooms\twith", " rooms with\n", "\0ferries", ""], 10).ToListAsync();

        Assert.Equal(2, once.Count);
        Assert.Equal(once.Select(hit => (hit.Record.Name, hit.Score)), often.Select(hit => (hit.Record.Name, hit.Score)));
    }

    [Theory]
    [InlineData(512, 1, true)]
    [InlineData(513, 1, false)]
    [InlineData(1, 512, true)]
    [InlineData(1, 513, false)]
    [InlineData(256, 2, true)]
    [InlineData(257, 2, false)]
    public async Task The_words_of_all_keywords_are_bounded(int keywords, int wordsOfEach, bool isAllowed)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        List<string> all = [.. Enumerable.Range(0, keywords).Select(i =>
            string.Join('-', Enumerable.Range(0, wordsOfEach).Select(j => $"w{i}x{j}")))];
        all[0] = keywords > 1 && wordsOfEach == 1 ? "view" : all[0];

        await AssertAllowedAsync(hotels, all, isAllowed, found: keywords > 1 && wordsOfEach == 1 ? 1 : 0);
    }

    [Theory]
    [InlineData(16_384, true)]
    [InlineData(16_385, false)]
    [InlineData(5_000_000, false)]
    public async Task The_characters_of_all_keywords_are_bounded(int length, bool isAllowed)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        await AssertAllowedAsync(hotels, [new string('x', length)], isAllowed, found: 0);
    }

    [Fact]
    public async Task A_keyword_that_is_null_is_rejected()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await hotels.KeywordSearchAsync(["view", null!], 10).CountAsync());

        Assert.Contains("A keyword is null.", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertAllowedAsync(
        SqliteCollection<string, Hotel> hotels, ICollection<string> keywords, bool isAllowed, int found)
    {
        Func<Task<int>> byKeyword = async () => await hotels.KeywordSearchAsync(keywords, 10).CountAsync();
        Func<Task<int>> byBoth = async () => await hotels.HybridSearchAsync(new float[] { 1, 0, 0, 0 }, keywords, 10).CountAsync();
        if (isAllowed)
        {
            Assert.Equal(found, await byKeyword());
            Assert.Equal(4, await byBoth());
            return;
        }

        foreach (var search in new[] { byKeyword, byBoth })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(search);
            Assert.Contains("more than 512 different words or 16384 characters", error.Message, StringComparison.Ordinal);
        }
    }
}
