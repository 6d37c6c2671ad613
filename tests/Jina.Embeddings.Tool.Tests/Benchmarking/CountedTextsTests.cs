using Jina.Embeddings.Tool.Benchmarking;
using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Benchmarking;

public sealed class CountedTextsTests
{
    private static readonly string DemoVocabulary = Path.Combine(Tool.DemoModel, "spiece.model");

    [Fact]
    public void A_text_has_exactly_the_tokens_asked_for() => AssertExact(T5Tokenizer.Create(DemoVocabulary));

    [Fact]
    public void It_has_so_in_the_vocabulary_of_T5_too() => AssertExact(T5Tokenizer.Create(SharedData.RequirePath("t5", "spiece.model")));

    [Fact]
    public void Each_text_is_another_and_each_run_the_same()
    {
        string[] first = ThreeTexts();

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, ThreeTexts());
    }

    [Fact]
    public void One_token_is_the_empty_text_and_none_is_refused()
    {
        var texts = new CountedTexts(T5Tokenizer.Create(DemoVocabulary));

        Assert.Equal("", texts.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => texts.Next(0));
    }

    [Fact]
    public void The_words_are_about_two_hundred_different_ones_and_some_take_several_tokens()
    {
        var tokenizer = T5Tokenizer.Create(DemoVocabulary);

        Assert.InRange(CommonWords.All.Length, 180, 250);
        Assert.Distinct(CommonWords.All);
        Assert.Contains(CommonWords.All, word => tokenizer.Encode(word).AsSpan().Length > 2);
    }

    private static string[] ThreeTexts()
    {
        var texts = new CountedTexts(T5Tokenizer.Create(DemoVocabulary));
        return [texts.Next(16), texts.Next(16), texts.Next(16)];
    }

    private static void AssertExact(T5Tokenizer tokenizer)
    {
        var texts = new CountedTexts(tokenizer);
        Assert.All(Enumerable.Range(1, 512), tokens => Assert.Equal(tokens, tokenizer.Encode(texts.Next(tokens), int.MaxValue).AsSpan().Length));
    }
}
