using System.Security.Cryptography;
using System.Text;
using Jina.Embeddings.Tool.Benchmarking;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Tests.Benchmarking;

public sealed class MixedLengthTextsTests
{
    private static readonly T5Tokenizer Tokenizer = T5Tokenizer.Create(Path.Combine(Tool.DemoModel, "spiece.model"));

    [Fact]
    public void They_are_the_same_on_every_machine()
    {
        var texts = string.Join('\n', MixedLengthTexts.Make(Tokenizer, 1000));

        Assert.Equal("1d86a4d4b0431e91ac12708b6c3fbe1f91c7107afef36f84e59d63bc126cf9a9", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts))));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void However_many_there_are_the_mean_is_that_of_a_corpus_of_passages(int count)
    {
        var tokens = Tokens(MixedLengthTexts.Make(Tokenizer, count));

        Assert.Equal(count, tokens.Length);
        Assert.InRange(tokens.Average(), 50, 60);
    }

    [Fact]
    public void Most_are_short_a_few_very_long_and_none_is_cut()
    {
        var tokens = Tokens(MixedLengthTexts.Make(Tokenizer, 1000));

        Assert.InRange(tokens.Min(), 1, 5);
        Assert.Equal(MixedLengthTexts.Longest, tokens.Max());
        Assert.InRange(tokens.Count(length => length <= 32), 300, 500);
        Assert.InRange(tokens.Count(length => length > 256), 5, 20);
    }

    [Fact]
    public void Their_order_has_no_pattern()
    {
        var tokens = Tokens(MixedLengthTexts.Make(Tokenizer, 1000));

        Assert.All(tokens.Chunk(250), part => Assert.InRange(part.Average(), 44, 66));
    }

    [Fact]
    public void None_is_longer_than_the_model_reads()
    {
        var shortReader = T5Tokenizer.Create(Path.Combine(Tool.DemoModel, "spiece.model"), new T5TokenizerOptions { MaxTokens = 128 });

        Assert.Equal(128, Tokens(MixedLengthTexts.Make(shortReader, 1000)).Max());
    }

    [Fact]
    public void No_text_is_an_empty_list() => Assert.Empty(MixedLengthTexts.Make(Tokenizer, 0));

    private static int[] Tokens(IReadOnlyList<string> texts) => [.. texts.Select(text => Tokenizer.Encode(text, int.MaxValue).AsSpan().Length)];
}
