using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Benchmarking.Tests;

public sealed class MixedLengthTextsTests
{
    private static readonly string Vocabulary = RepositoryFiles.Path("models", "demo-en", "spiece.model");
    private static readonly T5Tokenizer Tokenizer = T5Tokenizer.Create(Vocabulary);

    [Fact]
    public void Texts_are_the_same_on_every_machine()
    {
        // A vocabulary that never changes, unlike that of the demo model.
        var vocabulary = RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Tokenization", "Fixtures", "unigram.model");

        var texts = string.Join('\n', MixedLengthTexts.Create(T5Tokenizer.Create(vocabulary), 1000));

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts)));
        Assert.Equal("68b6e13ff4e8810ae8719087ebff99985cd13e363928999d72067e4b15696da6", hash);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void The_mean_length_does_not_depend_on_the_count(int count)
    {
        var tokens = Tokens(MixedLengthTexts.Create(Tokenizer, count));

        Assert.Equal(count, tokens.Length);
        Assert.InRange(tokens.Average(), 50, 60);
    }

    [Fact]
    public void Most_texts_are_short_few_are_long_and_none_exceeds_the_limit()
    {
        var tokens = Tokens(MixedLengthTexts.Create(Tokenizer, 1000));

        Assert.InRange(tokens.Min(), 1, 5);
        Assert.Equal(MixedLengthTexts.Longest, tokens.Max());
        Assert.InRange(tokens.Count(length => length <= 32), 300, 500);
        Assert.InRange(tokens.Count(length => length > 256), 5, 20);
    }

    [Fact]
    public void The_order_has_no_pattern()
    {
        var tokens = Tokens(MixedLengthTexts.Create(Tokenizer, 1000));

        Assert.All(tokens.Chunk(250), part => Assert.InRange(part.Average(), 44, 66));
    }

    [Fact]
    public void No_text_exceeds_the_limit_of_the_model()
    {
        var shortLimit = T5Tokenizer.Create(Vocabulary, new T5TokenizerOptions { MaxTokens = 128 });

        Assert.Equal(128, Tokens(MixedLengthTexts.Create(shortLimit, 1000)).Max());
    }

    [Fact]
    public void A_used_source_gives_other_texts_of_the_same_lengths()
    {
        var source = new CountedTexts(Tokenizer);

        var first = MixedLengthTexts.Create(Tokenizer, 20, source);
        var second = MixedLengthTexts.Create(Tokenizer, 20, source);

        Assert.Equal(MixedLengthTexts.Create(Tokenizer, 20), first);
        Assert.Empty(first.Intersect(second));
        Assert.Equal(Tokens(first), Tokens(second));
    }

    [Fact]
    public void A_count_of_zero_gives_an_empty_list() => Assert.Empty(MixedLengthTexts.Create(Tokenizer, 0));

    private static int[] Tokens(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => Tokenizer.Encode(text, int.MaxValue).AsSpan().Length)];
}
