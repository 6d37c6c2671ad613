using CsCheck;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class T5TokenizerLimitTests
{
    private static readonly T5Tokenizer Tokenizer = UnigramFixture.Tokenizer;

    [Fact]
    public void A_long_text_is_truncated_to_its_first_ids_and_the_end_token()
    {
        var text = string.Join(' ', Enumerable.Range(0, 2000));
        var whole = Tokenizer.Encode(text, int.MaxValue);
        var truncated = Tokenizer.Encode(text);
        Assert.False(whole.Truncated);
        Assert.True(truncated.Truncated);
        Assert.Equal([.. whole.Ids.Take(511), 1], truncated.Ids);
    }

    [Fact]
    public void A_text_that_just_fits_is_not_truncated()
    {
        var count = Tokenizer.Encode("the river and the mountain").Ids.Count;
        Assert.False(Tokenizer.Encode("the river and the mountain     ", count).Truncated);
        Assert.True(Tokenizer.Encode("the river and the mountain", count - 1).Truncated);
    }

    [Fact]
    public void Trailing_spaces_after_the_window_do_not_count_as_truncation()
    {
        var text = string.Concat(Enumerable.Repeat("the ", 500));
        var count = Tokenizer.Encode(text, int.MaxValue).Ids.Count;
        Assert.False(Tokenizer.Encode(text + new string(' ', 100_000), count).Truncated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_limit_keeps_the_beginning_of_the_result_without_a_limit(bool foldsCase) =>
        HardText.Texts.Select(Gen.Int[1, 60], HardText.Repeats).Sample(
            (text, limit, repeats) =>
            {
                text = string.Concat(Enumerable.Repeat(text, repeats));
                var whole = Of(foldsCase).Encode(text, int.MaxValue).Ids;
                var truncated = Of(foldsCase).Encode(text, limit);
                Assert.Equal(whole.Count > limit, truncated.Truncated);
                Assert.Equal([.. whole.SkipLast(1).Take(limit - 1), 1], truncated.Ids);
            },
            iter: 3000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_text_before_an_index_by_token_count_has_no_more_tokens(bool foldsCase) =>
        HardText.Texts.Select(Gen.Int[1, 40]).Sample(
            (text, limit) =>
            {
                var index = Of(foldsCase).GetIndexByTokenCount(text, limit, out var normalized, out var count);
                Assert.Null(normalized);
                var fits = Of(foldsCase).CountTokens(text) <= limit;
                Assert.Equal(fits ? Of(foldsCase).CountTokens(text) : limit, count);
                Assert.True(!fits || index == text.Length);
                Assert.InRange(Of(foldsCase).CountTokens(text.AsSpan(0, index)), 1, limit);
                AssertWholeCharacters(text, index);

                var ids = Of(foldsCase).EncodeToIds(text, limit, out _, out var consumed);
                Assert.Equal(index, consumed);
                Assert.Equal(Of(foldsCase).Encode(text, limit).Ids, ids);
            },
            iter: 3000);

    [Theory]
    [InlineData("\ufffd20172017<pad>über\u3000ﬁ…  oﬁ")]
    [InlineData("½ ½ ½ ㌔㌔㌔")]
    [InlineData("the\ufdfa\ufdfa river")]
    public void An_index_by_token_count_is_never_inside_a_character_that_becomes_several(string text)
    {
        for (var limit = 1; limit <= Tokenizer.CountTokens(text); limit++)
        {
            var index = Tokenizer.GetIndexByTokenCount(text, limit, out _, out _);
            Assert.InRange(Tokenizer.CountTokens(text.AsSpan(0, index)), 1, limit);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_index_by_token_count_from_the_end_is_the_start_of_the_last_tokens(bool foldsCase) =>
        HardText.Texts.Select(Gen.Int[1, 40]).Sample(
            (text, limit) =>
            {
                var tokens = Of(foldsCase).EncodeToTokens(text, out _);
                var index = Of(foldsCase).GetIndexByTokenCountFromEnd(text, limit, out var normalized, out var count);
                Assert.Null(normalized);
                Assert.Equal(Math.Min(limit, tokens.Count), count);
                Assert.Equal(tokens.Count <= limit ? 0 : tokens[^limit].Offset.Start.Value, index);
                AssertWholeCharacters(text, index);
            },
            iter: 2000);

    [Fact]
    public void A_limit_of_zero_gives_no_tokens()
    {
        Assert.Empty(Tokenizer.EncodeToIds("a text", 0, out _, out var consumed));
        Assert.Equal(0, consumed);
        Assert.Equal(0, Tokenizer.GetIndexByTokenCount("a text", 0, out _, out var count));
        Assert.Equal(6, Tokenizer.GetIndexByTokenCountFromEnd("a text", 0, out _, out var countFromEnd));
        Assert.Equal((0, 0), (count, countFromEnd));
        Assert.Equal(0, Tokenizer.GetIndexByTokenCount("a text", 1, out _, out _));
        Assert.Equal(6, Tokenizer.GetIndexByTokenCountFromEnd("a text", 1, out _, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Offsets_cover_the_original_text_in_order(bool foldsCase) =>
        HardText.Texts.Sample(
            text =>
            {
                var tokens = Of(foldsCase).EncodeToTokens(text, out _);
                Assert.Equal(Of(foldsCase).EncodeToIds(text), tokens.Select(token => token.Id));
                Assert.Equal(text.Length..text.Length, tokens[^1].Offset);
                var end = 0;
                foreach (var token in tokens)
                {
                    Assert.InRange(token.Offset.Start.Value, end, token.Offset.End.Value);
                    AssertWholeCharacters(text, token.Offset.Start.Value);
                    AssertInvisible(foldsCase, text[end..token.Offset.Start.Value]);
                    end = token.Offset.End.Value;
                }

                AssertInvisible(foldsCase, text[end..]);
            },
            iter: 3000);

    [Fact]
    public void A_chunker_reaches_the_end_of_a_text()
    {
        Tokenizer tokenizer = Tokenizer;
        var text = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"Sentence {i} about rivers, mountains & 龘."));
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var index = tokenizer.GetIndexByTokenCount(rest, 32, out _, out var count);
            Assert.InRange(index, 1, rest.Length);
            Assert.InRange(count, 1, 32);
            rest = rest[index..];
        }
    }

    [Fact]
    public void A_text_of_many_parts_has_the_IDs_of_its_words()
    {
        string[] words = [.. Enumerable.Range(0, 50_000).Select(i => i % 7 == 0 ? "the\u9f98½river" : "mountain")];
        var text = string.Join("  ", words);

        int[] expected = [.. words.SelectMany(word => Tokenizer.Encode(word).Ids.SkipLast(1)), 1];

        Assert.Equal(expected, Tokenizer.Encode(text, int.MaxValue).Ids);
        Assert.Equal(expected.Length, Tokenizer.CountTokens(text));
        Assert.Equal(expected, Tokenizer.EncodeToTokens(text, out _).Select(token => token.Id));
    }

    [Fact]
    public void A_run_of_unknown_characters_is_one_ID_across_parts()
    {
        var text = new string('\u9f98', 200_000);
        var tokens = Tokenizer.EncodeToTokens(text, out _);

        Assert.Equal(Tokenizer.Encode("\u9f98").Ids, tokens.Select(token => token.Id));
        Assert.Equal(200_000, tokens[^2].Offset.End.Value);
        Assert.Equal(Tokenizer.Encode("\u9f98").Ids.Count, Tokenizer.CountTokens(text));
        Assert.False(Tokenizer.Encode(text).Truncated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_text_has_the_same_IDs_whole_and_in_parts(bool foldsCase) =>
        HardText.Texts.Sample(
            text =>
            {
                var repeated = string.Concat(Enumerable.Repeat($"{text} ", 1 + (100_000 / (text.Length + 1))));
                var whole = Of(foldsCase).Encode(repeated, int.MaxValue).Ids;
                var tokens = Of(foldsCase).EncodeToTokens(repeated, out _);

                Assert.Equal(whole, tokens.Select(token => token.Id));
                Assert.Equal(whole.Count, Of(foldsCase).CountTokens(repeated));
                Assert.Equal([.. whole.SkipLast(1).Take(511), 1], Of(foldsCase).Encode(repeated).Ids);
            },
            iter: 30);

    /// <summary>
    /// Searches rent their arrays from the shared pool, where tests that run beside this one may leave none. The limits are several
    /// times the allocations of one part. A search of the whole text at once takes 12 bytes per char, which is 48 MB, and more for unknown
    /// characters.
    /// </summary>
    [Theory]
    [InlineData("a", 32)]
    [InlineData("\u2581", 32)]
    [InlineData("q7Xz", 32)]
    [InlineData("½", 32)]
    [InlineData(" ", 1)]
    [InlineData("\u9f98", 90)]
    [InlineData("\ud83d\ude00", 90)]
    public void A_text_of_one_word_takes_memory_for_one_part(string unit, int megabytes)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 4_000_000 / unit.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Tokenizer.Encode(text);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, megabytes * 1_000_000L);
    }

    private static T5Tokenizer Of(bool foldsCase) => foldsCase ? UnigramFixture.FoldingTokenizer : UnigramFixture.Tokenizer;

    private static void AssertWholeCharacters(string text, int index) =>
        Assert.False(index > 0 && index < text.Length && char.IsSurrogatePair(text[index - 1], text[index]));

    // Only spaces and deleted characters are outside of all tokens.
    private static void AssertInvisible(bool foldsCase, string text) => Assert.Equal(
        [1], (foldsCase ? UnigramFixture.PlainFoldingTokenizer : UnigramFixture.PlainTokenizer).Encode(text).Ids);
}
