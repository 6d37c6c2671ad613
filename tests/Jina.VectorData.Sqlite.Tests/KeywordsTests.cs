using System.Text.RegularExpressions;
using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class KeywordsTests
{
    private static readonly string[] Pieces =
    [
        "the ", "The ", "how", " ", "view", "View", "'s ", "IT ", "\u2019", "é", "e\u0301", "\0", "\"", "*", "12", "-", "雨",
        "\U0001F327\uFE0F", "\ud800",
    ];

    private static readonly Gen<string> Texts =
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 30].Select(pieces => string.Concat(pieces));

    [Theory]
    [InlineData("How do I clean the rain gauge?", "How", "do", "I", "clean", "the", "rain", "gauge")]
    [InlineData("Rain, rain, RAIN!", "Rain")]
    [InlineData("Isn't the cap John\u2019s S-bend?", "Isn", "t", "the", "cap", "John", "s", "bend")]
    [InlineData("\"rain OR wind\" NOT text:snow* ^NEAR(2) \U0001F327\uFE0F", "rain", "OR", "wind", "NOT", "text", "snow", "NEAR", "2")]
    [InlineData("Wie sp\u00e4t ist es, nai\u0308ve \u96e8?", "Wie", "sp\u00e4t", "ist", "es", "nai\u0308ve", "\u96e8")]
    public void The_words_are_returned_once(string question, params string[] expected) =>
        Assert.Equal(expected, Keywords.FromQuestion(question));

    [Theory]
    [InlineData("How do I clean the rain gauge?", "clean", "rain", "gauge")]
    [InlineData("THE error E14: what does it mean?", "error", "E14", "mean")]
    [InlineData("Who is it?", "Who", "is", "it")]
    [InlineData("the The", "the")]
    [InlineData("?!")]
    public void Stop_words_are_left_out_unless_a_question_has_only_stop_words(string question, params string[] expected) =>
        Assert.Equal(expected, Keywords.FromQuestion(question, Keywords.EnglishStopWords));

    [Fact]
    public void The_set_determines_the_stop_words_and_whether_case_matters() => Assert.Equal(
        ["Wo", "der", "Regenmesser"],
        Keywords.FromQuestion("Wo ist der Regenmesser?", new HashSet<string>(["ist", "wo"], StringComparer.Ordinal)));

    [Fact]
    public void A_stop_word_does_not_count_for_the_limit()
    {
        var words = Enumerable.Range(0, 512).Select(i => $"w{i}").ToArray();

        Assert.Equal(words, Keywords.FromQuestion($"how the {string.Join(" the ", words)}", Keywords.EnglishStopWords));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("?!...")]
    [InlineData("\U0001F327\uFE0F")]
    public void A_text_without_words_has_no_keywords(string question) => Assert.Empty(Keywords.FromQuestion(question));

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>("question", () => Keywords.FromQuestion(null!));
        Assert.Throws<ArgumentNullException>("question", () => Keywords.FromQuestion(null!, Keywords.EnglishStopWords));
        Assert.Throws<ArgumentNullException>("stopWords", () => Keywords.FromQuestion("rain", null!));
    }

    [Fact]
    public async Task Long_texts_are_limited_to_the_keywords_that_a_search_accepts()
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);
        string[] words = ["ferries", .. Enumerable.Range(0, 1000).Select(i => $"w{i}")];
        string[] longWords = [new('x', 20_000), "ferries", .. Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 1000))];

        var first = Keywords.FromQuestion(string.Join(' ', words));
        var fitting = Keywords.FromQuestion(string.Join(' ', longWords));

        Assert.Equal(words.Take(512), first);
        Assert.Equal(longWords.Skip(1).Take(17), fitting);
        Assert.Equal(2, await hotels.KeywordSearchAsync(first, 10).CountAsync());
        Assert.Equal(2, await hotels.KeywordSearchAsync(fitting, 10).CountAsync());
    }

    [Fact]
    public async Task Every_text_gives_different_words_that_it_contains_and_that_a_search_accepts()
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);
        Texts.Sample(text =>
        {
            var keywords = Keywords.FromQuestion(text);
            var fewer = Keywords.FromQuestion(text, Keywords.EnglishStopWords);

            Assert.Equal(keywords.Length, keywords.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(keywords, keyword => Assert.Contains(keyword, text, StringComparison.Ordinal));
            Assert.Equal(Regex.IsMatch(text, @"[\p{L}\p{N}]"), keywords.Length > 0);
            Assert.Equal(keywords.Length > 0, fewer.Length > 0);
            Assert.All(fewer, keyword => Assert.Contains(keyword, keywords));
            _ = hotels.KeywordSearchAsync(keywords, 10).ToBlockingEnumerable().Count();
        }, iter: 200, threads: 1);
    }
}
