using System.Text;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class T5TokenizerTests
{
    private static readonly T5Tokenizer Tokenizer = UnigramFixture.Tokenizer;
    private static readonly int ExtraIdZero = Tokenizer.VocabularySize - 1;

    [Fact]
    public void The_ids_of_the_special_pieces_are_those_of_T5()
    {
        Assert.Equal((0, 1, 2, 512), (Tokenizer.PadId, Tokenizer.EndOfSequenceId, Tokenizer.UnknownId, Tokenizer.MaxTokens));
        Assert.Equal("<extra_id_99>", Tokenizer.Decode([Tokenizer.VocabularySize - 100]));
        Assert.Equal("<extra_id_0>", Tokenizer.Decode([ExtraIdZero]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\r\n\u00a0\u3000")]
    [InlineData("\u0001\u0002\u007f")]
    [InlineData("\u2581 \u2581")]
    public void The_ids_of_a_text_without_visible_characters_are_the_end_token_alone(string text)
    {
        Assert.Equal([1], Tokenizer.Encode(text).Ids);
        Assert.False(Tokenizer.Encode(text).Truncated);
        Assert.Equal([1], Tokenizer.EncodeToIds(text));
        Assert.Equal(1, Tokenizer.CountTokens(text));
        var token = Assert.Single(Tokenizer.EncodeToTokens(text, out var normalized));
        Assert.Equal((1, "</s>", text.Length..text.Length), (token.Id, token.Value, token.Offset));
        Assert.Null(normalized);
    }

    [Fact]
    public void A_default_encoding_has_no_ids() => Assert.Empty(default(T5Encoding).Ids);

    [Fact]
    public void A_null_text_is_rejected() =>
        Assert.Throws<ArgumentNullException>("text", () => Tokenizer.Encode((string)null!));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_below_one_is_rejected(int maxTokens) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(maxTokens), () => Tokenizer.Encode("text", maxTokens));

    [Fact]
    public void A_run_of_unknown_characters_is_one_id()
    {
        Assert.Equal(Tokenizer.Encode("龘").Ids, Tokenizer.Encode("龘鬱\U00020000龘").Ids);
        Assert.Equal(2, Tokenizer.Encode("龘 龘").Ids.Count(id => id == Tokenizer.UnknownId));
    }

    [Fact]
    public void Deleted_characters_do_not_change_the_ids() =>
        Assert.Equal(Tokenizer.Encode("the model").Ids, Tokenizer.Encode("t\u0001he\u007f model\u0002").Ids);

    [Fact]
    public void A_lone_surrogate_is_read_as_the_replacement_character()
    {
        Assert.Equal(Tokenizer.Encode("a\ufffdb").Ids, Tokenizer.Encode("a\ud800b").Ids);
        Assert.Equal(Tokenizer.Encode("a\ufffd").Ids, Tokenizer.Encode("a\udc00").Ids);
    }

    [Fact]
    public void A_NUL_is_an_unknown_character_like_any_other() =>
        Assert.Contains(Tokenizer.UnknownId, Tokenizer.Encode("a\0b").Ids);

    [Fact]
    public void Special_tokens_in_a_text_become_their_ids()
    {
        Assert.Equal(
            [1, 0, 2, ExtraIdZero, ExtraIdZero - 10, ExtraIdZero - 99, 1],
            Tokenizer.Encode("</s><pad><unk> <extra_id_0><extra_id_10><extra_id_99>").Ids);
        Assert.Equal([.. Tokenizer.Encode("the").Ids, .. Tokenizer.Encode("river").Ids], Tokenizer.Encode("the</s>river").Ids);
    }

    [Theory]
    [InlineData("<extra_id_100>")]
    [InlineData("<extra_id_05>")]
    [InlineData("<extra_id_>")]
    [InlineData("<extra_id_7")]
    [InlineData("<extra_id_99999999999999999999>")]
    [InlineData("<s>")]
    [InlineData("</S>")]
    [InlineData("< /s>")]
    public void Text_that_only_resembles_a_special_token_is_text(string text) =>
        Assert.Equal(UnigramFixture.PlainTokenizer.Encode(text).Ids, Tokenizer.Encode(text).Ids);

    [Fact]
    public void Special_tokens_can_be_read_as_text()
    {
        var ids = UnigramFixture.PlainTokenizer.Encode("</s> <extra_id_0>").Ids;
        Assert.DoesNotContain(ExtraIdZero, ids);
        Assert.Single(ids, 1);
    }

    [Fact]
    public void The_options_are_copied()
    {
        var options = new T5TokenizerOptions { MaxTokens = 3, ExtraIds = 0 };
        var tokenizer = T5Tokenizer.Create(UnigramFixture.ModelPath, options);
        options.MaxTokens = 100;
        Assert.Equal(3, tokenizer.Encode("one two three four five").Ids.Count);
        Assert.Equal(Tokenizer.VocabularySize - 100, tokenizer.VocabularySize);
        Assert.Equal(UnigramFixture.PlainTokenizer.Encode("<extra_id_0>").Ids, tokenizer.Encode("<extra_id_0>", 100).Ids);
    }

    [Theory]
    [InlineData(0, 100, "MaxTokens")]
    [InlineData(512, -1, "ExtraIds")]
    [InlineData(512, 1_000_001, "ExtraIds")]
    public void Options_out_of_range_are_rejected(int maxTokens, int extraIds, string name)
    {
        var options = new T5TokenizerOptions { MaxTokens = maxTokens, ExtraIds = extraIds };
        Assert.Throws<ArgumentOutOfRangeException>(name, () => T5Tokenizer.Create(UnigramFixture.ModelPath, options));
    }

    [Fact]
    public void A_stream_gives_the_same_tokenizer_and_stays_open()
    {
        using var stream = File.OpenRead(UnigramFixture.ModelPath);
        Assert.Equal(Tokenizer.Encode("a stream").Ids, T5Tokenizer.Create(stream).Encode("a stream").Ids);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Decoding_drops_control_ids_and_rejects_ids_that_do_not_exist()
    {
        Assert.Equal("the river", Tokenizer.Decode([.. Tokenizer.Encode("the river").Ids, 0, 0]));
        Assert.Equal(string.Empty, Tokenizer.Decode([]));
        Assert.Throws<InvalidOperationException>(() => Tokenizer.Decode([Tokenizer.VocabularySize]));
        Assert.Throws<InvalidOperationException>(() => Tokenizer.Decode([-1]));
    }

    [Fact]
    public void Encoding_allocates_only_the_list_of_ids()
    {
        var text = string.Join(' ', Enumerable.Repeat("The mountain and the river (2017) are long.", 20));
        var count = Tokenizer.Encode(text).Ids.Count;
        Assert.Equal(Allocated(() => GC.KeepAlive(new List<int>(count))), Allocated(() => Tokenizer.Encode(text)));
    }

    [Fact]
    public async Task Many_threads_get_the_same_ids_as_one()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => string.Join(' ', Enumerable.Repeat($"word {i} 龘</s>", i)))];
        var expected = texts.Select(text => Tokenizer.Encode(text).Ids).ToArray();
        var actual = await Task.WhenAll(
            texts.Select(text => Task.Run(() => Tokenizer.Encode(text).Ids, TestContext.Current.CancellationToken)));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_long_text_of_any_characters_is_read()
    {
        foreach (var pattern in (string[])["a", "龘", "<", "<extra_id_0", "</s>", "\u0301", " ", "\u2581", "\ud800", "\ufdfa"])
        {
            var text = new StringBuilder().Insert(0, pattern, (1 << 18) / pattern.Length).ToString();
            var encoding = Tokenizer.Encode(text);
            Assert.Equal(1, encoding.Ids[^1]);
            Assert.InRange(encoding.Ids.Count, 1, 512);
        }
    }

    private static long Allocated(Action action) =>
        Enumerable.Range(0, 20).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
}
