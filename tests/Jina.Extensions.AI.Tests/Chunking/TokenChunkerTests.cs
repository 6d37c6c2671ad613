using System.Text.RegularExpressions;
using CsCheck;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Chunking;

public sealed class TokenChunkerTests
{
    private static readonly string SpieceModel = RepositoryFiles.Path("models", "demo-en", "spiece.model");
    private static readonly T5Tokenizer Tokenizer = T5Tokenizer.Create(SpieceModel);

    private static readonly Gen<(string Text, int Max, int Overlap)> Cases =
        Gen.Int[TokenChunker.MinimumMaxTokens, 60].SelectMany(max => Gen.Select(Texts.Any, Gen.Const(max), Gen.Int[0, max / 4]));

    [Fact]
    public void A_chunk_never_has_more_tokens_than_the_limit() => Cases.Sample(
        (text, max, overlap) => new TokenChunker(Tokenizer, max, overlap).Split(text)
            .All(chunk => Tokenizer.CountTokens(text[chunk.Range]) <= max));

    [Fact]
    public void The_chunks_cover_the_text_in_order_and_do_not_contain_each_other() => Cases.Sample((text, max, overlap) =>
    {
        var reached = 0;
        var previous = new TextChunk(-1, -1, 0, 0);
        foreach (var chunk in new TokenChunker(Tokenizer, max, overlap).Split(text))
        {
            Assert.True(chunk.Start > previous.Start && chunk.End > previous.End && chunk.End <= text.Length);
            Assert.True(chunk.Start <= reached || string.IsNullOrWhiteSpace(text[reached..chunk.Start]));
            (reached, previous) = (chunk.End, chunk);
        }

        Assert.True(string.IsNullOrWhiteSpace(text[reached..]));
    });

    [Fact]
    public void Chunks_do_not_start_or_end_with_white_space() => Cases.Sample((text, max, overlap) =>
        Assert.All(
            new TokenChunker(Tokenizer, max, overlap).Split(text),
            chunk => Assert.False(char.IsWhiteSpace(text[chunk.Start]) || char.IsWhiteSpace(text[chunk.End - 1]))));

    [Fact]
    public void Line_numbers_are_those_of_an_editor() => Cases.Sample((text, max, overlap) =>
        Assert.All(
            new TokenChunker(Tokenizer, max, overlap).Split(text),
            chunk => Assert.Equal((LineOf(text, chunk.Start), LineOf(text, chunk.End - 1)), (chunk.StartLine, chunk.EndLine))));

    [Fact]
    public void Adjacent_chunks_share_as_many_whole_words_as_fit_in_the_overlap() =>
        Gen.Select(Texts.Words, Gen.Int[0, 8]).Sample((text, overlap) =>
        {
            var chunks = new TokenChunker(Tokenizer, 32, overlap).Split(text);
            foreach (var (chunk, next) in chunks.Zip(chunks.Skip(1)))
            {
                Assert.True(Shared(next.Start, chunk.End) <= overlap);
                var wordBefore = text.LastIndexOf(' ', next.Start - 2) + 1;
                Assert.True(Shared(wordBefore, chunk.End) > overlap);
            }

            // The end token is not part of an overlap.
            int Shared(int from, int to) => from >= to ? 0 : Tokenizer.CountTokens(text[from..to]) - 1;
        });

    [Theory]
    [InlineData("the the the the the the the the the the a. wind wind\nrain\n\nx the the the the the", "x")]
    [InlineData("the the the the the the the the the the a. wind wind\nx rain the the the the the", "x")]
    [InlineData("the the the the the the the the the the a. x wind rain the the the the the the", "x")]
    [InlineData("the the the the the the the the the the a wind\n# x\n\nrain the the the the the", "# x")]
    public void A_chunk_ends_at_the_best_place_of_its_second_half(string text, string next)
    {
        var chunks = new TokenChunker(Tokenizer, 18, 0).Split(text);

        Assert.StartsWith(next, text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlap_starts_with_a_sentence_if_possible()
    {
        const string Text = "one two three four five six seven eight nine. ten eleven. twelve thirteen fourteen fifteen sixteen";

        var chunks = ChunkerBefore("sixteen", Text, overlaps: true).Split(Text);

        Assert.EndsWith("ten eleven.", Text[..chunks[0].End], StringComparison.Ordinal);
        Assert.StartsWith("ten eleven.", Text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlap_does_not_start_within_a_sentence_if_the_chunk_before_ends_with_one()
    {
        const string Text = "one two three four five six. seven eight nine ten eleven twelve. thirteen fourteen fifteen sixteen seventeen.";

        var chunks = ChunkerBefore("sixteen", Text, overlaps: true).Split(Text);

        Assert.EndsWith("twelve.", Text[..chunks[0].End], StringComparison.Ordinal);
        Assert.StartsWith("thirteen", Text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_chunk_does_not_end_where_a_line_was_wrapped(string lineEnd)
    {
        var text = "The rain falls on the hill. The wind blows over the lake and then it"
            + lineEnd + "turns. The sun shines on the station and the sea is calm.";

        var chunks = new TokenChunker(Tokenizer, 26, 0).Split(text);

        Assert.StartsWith("The sun", text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_chunk_ends_with_a_sentence_of_its_second_quarter_rather_than_within_one()
    {
        const string Text = "one two three four five six. seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

        var chunks = ChunkerBefore("sixteen", Text, overlaps: false).Split(Text);

        Assert.StartsWith("seven", Text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_starts_a_passage_without_overlap()
    {
        const string Text = "one two three four five six seven eight nine ten\n\n# eleven\ntwelve thirteen fourteen fifteen sixteen";

        var chunks = ChunkerBefore("sixteen", Text, overlaps: true).Split(Text);

        Assert.StartsWith("# eleven", Text[chunks[1].Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_too_long_is_divided()
    {
        var text = string.Concat(Enumerable.Repeat("unbelievably", 5_000));

        var chunks = new TokenChunker(Tokenizer).Split(text);

        Assert.True(chunks.Count > 100);
        Assert.All(chunks, chunk => Assert.True(Tokenizer.CountTokens(text[chunk.Range]) <= TokenChunker.DefaultMaxTokens));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void A_text_without_characters_has_no_chunks(string text) => Assert.Empty(new TokenChunker(Tokenizer).Split(text));

    [Fact]
    public void The_limit_of_a_smaller_model_applies()
    {
        var small = T5Tokenizer.Create(SpieceModel, new T5TokenizerOptions { MaxTokens = 32 });
        var text = string.Concat(Enumerable.Repeat("wind and rain ", 100));

        Assert.All(new TokenChunker(small).Split(text), chunk => Assert.True(small.CountTokens(text[chunk.Range]) <= 32));
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(64, -1)]
    [InlineData(64, 17)]
    public void Sizes_out_of_range_are_rejected(int maxTokens, int overlapTokens) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenChunker(Tokenizer, maxTokens, overlapTokens));

    [Fact]
    public void A_model_with_a_limit_below_the_smallest_chunk_is_rejected()
    {
        var tiny = T5Tokenizer.Create(SpieceModel, new T5TokenizerOptions { MaxTokens = 15 });

        var error = Assert.Throws<ArgumentException>("tokenizer", () => new TokenChunker(tiny));

        Assert.StartsWith(
            "The MaxTokens of the tokenizer is 15. Expected at least 16. Increase it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_argument_is_rejected_by_name()
    {
        Assert.Throws<ArgumentNullException>("tokenizer", () => new TokenChunker(null!));
        Assert.Throws<ArgumentNullException>("text", () => new TokenChunker(Tokenizer).Split(null!));
    }

    /// <summary>
    /// Returns a chunker whose first chunk can reach up to a word, in any vocabulary that does not divide common words into many pieces.
    /// </summary>
    private static TokenChunker ChunkerBefore(string word, string text, bool overlaps)
    {
        var maxTokens = Tokenizer.CountTokens(text[..text.IndexOf(word, StringComparison.Ordinal)]);
        return new TokenChunker(Tokenizer, maxTokens, overlaps ? maxTokens / 4 : 0);
    }

    private static int LineOf(string text, int position) => 1 + Regex.Count(text[..position], "\r\n|\r|\n");
}
