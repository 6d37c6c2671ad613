using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Benchmarking.Tests;

public sealed class CountedTextsTests
{
    private static readonly string DemoVocabulary = RepositoryFiles.Path("models", "demo-en", "spiece.model");

    [Fact]
    public void A_text_has_exactly_the_tokens_asked_for() => AssertExact(T5Tokenizer.Create(DemoVocabulary));

    [Fact]
    public void A_text_of_the_T5_vocabulary_has_them_too() => AssertExact(T5Tokenizer.Create(SharedData.RequirePath("t5", "spiece.model")));

    [Fact]
    public void Texts_are_different_and_every_run_creates_the_same()
    {
        string[] first = ThreeTexts();

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, ThreeTexts());
    }

    [Fact]
    public void One_token_is_the_empty_text_and_zero_is_rejected()
    {
        var texts = new CountedTexts(T5Tokenizer.Create(DemoVocabulary));

        Assert.Equal("", texts.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => texts.Next(0));
    }

    [Fact]
    public void There_are_about_200_different_words_and_some_have_several_tokens()
    {
        var tokenizer = T5Tokenizer.Create(DemoVocabulary);

        Assert.InRange(CountedTexts.Words.Count, 180, 250);
        Assert.Distinct(CountedTexts.Words);
        Assert.Contains(CountedTexts.Words, word => tokenizer.Encode(word).AsSpan().Length > 2);
    }

    private static string[] ThreeTexts()
    {
        var texts = new CountedTexts(T5Tokenizer.Create(DemoVocabulary));
        return [texts.Next(16), texts.Next(16), texts.Next(16)];
    }

    private static void AssertExact(T5Tokenizer tokenizer)
    {
        var texts = new CountedTexts(tokenizer);
        Assert.All(
            Enumerable.Range(1, 512), tokens => Assert.Equal(tokens, tokenizer.Encode(texts.Next(tokens), int.MaxValue).AsSpan().Length));
    }
}
