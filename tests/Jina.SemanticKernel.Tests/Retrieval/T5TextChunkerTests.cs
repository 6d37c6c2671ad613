using CsCheck;
using Jina.Extensions.AI;
using Jina.SemanticKernel.Tests.Support;
using Microsoft.SemanticKernel.Text;

namespace Jina.SemanticKernel.Tests.Retrieval;

public sealed class T5TextChunkerTests
{
    private static readonly T5Tokenizer Tokenizer = DemoModel.Tokenizer;

    private static readonly Gen<string> Piece = Gen.Frequency(
        (12, Gen.OneOf("wind", "station", "measures", "unbelievably", "x", "2026", "-", "日本語", "😀", "a😀b😀c😀d😀e😀f😀g😀h😀i😀")),
        (10, Gen.Const(" ")),
        (4, Gen.OneOf(". ", "! ", "? ", ": ", "; ", ", ", "(", ")", "。")),
        (3, Gen.OneOf("\n", "\r\n", "\r", "\t", "\n\n", "\n\n## ", "\n- ")),
        (1, Gen.String[0, 8]));

    private static readonly Gen<(string Text, int Max)> Cases =
        Gen.Select(Piece.Array[0, 300].Select(string.Concat), Gen.Int[TokenChunker.MinimumMaxTokens, 100]);

    public static TheoryData<string> Kinds => ["plain text", "Markdown"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Paragraphs_do_not_exceed_the_token_limit(string kind) => Cases.Sample((text, max) =>
        Assert.All(Split(kind, text, max), paragraph => Assert.True(Tokenizer.CountTokens(paragraph) <= max)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_character_that_is_not_white_space_is_in_exactly_one_paragraph(string kind) => Cases.Sample((text, max) =>
        Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(Split(kind, text, max)))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Surrogate_pairs_are_not_split(string kind)
    {
        var text = string.Concat(Enumerable.Repeat("a😀b😀c😀", 200));

        var paragraphs = Split(kind, text, 20);

        Assert.True(paragraphs.Count > 10);
        Assert.DoesNotContain(paragraphs, paragraph => char.IsLowSurrogate(paragraph[0]) || char.IsHighSurrogate(paragraph[^1]));
    }

    [Fact]
    public void Paragraphs_follow_the_lines_of_the_text()
    {
        string[] lines = [.. Note.OfTheStation.Select(note => note.Text)];

        Assert.Equal(lines, Tokenizer.SplitPlainTextParagraphs(string.Join("\n\n", lines), 16));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_default_size_is_the_default_of_TokenChunker(string kind)
    {
        var text = string.Concat(Enumerable.Repeat("wind and rain ", 500));
        var paragraphs = kind == "Markdown" ? Tokenizer.SplitMarkdownParagraphs(text) : Tokenizer.SplitPlainTextParagraphs(text);

        Assert.All(paragraphs, paragraph => Assert.InRange(Tokenizer.CountTokens(paragraph), 1, TokenChunker.DefaultMaxTokens));
        Assert.Contains(paragraphs, paragraph => Tokenizer.CountTokens(paragraph) > TokenChunker.DefaultMaxTokens / 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void An_empty_or_blank_text_has_no_paragraphs(string text)
    {
        Assert.Empty(Tokenizer.SplitPlainTextParagraphs(text));
        Assert.Empty(Tokenizer.SplitMarkdownParagraphs(text));
    }

    [Fact]
    public void The_counter_counts_tokens_as_the_model_does()
    {
        var counter = Tokenizer.ToTokenCounter();

        Assert.Equal(Tokenizer.Encode("The wind.").Ids.Count, counter("The wind."));
        Assert.True(TextChunker.SplitPlainTextLines("The wind. The rain. The sun.", 5, counter).Count > 1);
    }

    [Fact]
    public void Invalid_arguments_are_named_in_the_exception()
    {
        Assert.Throws<ArgumentNullException>("tokenizer", () => ((T5Tokenizer)null!).ToTokenCounter());
        Assert.Throws<ArgumentNullException>("tokenizer", () => ((T5Tokenizer)null!).SplitPlainTextParagraphs("a"));
        Assert.Throws<ArgumentNullException>("text", () => Tokenizer.SplitMarkdownParagraphs(null!));
        Assert.Throws<ArgumentOutOfRangeException>("maxTokens", () => Tokenizer.SplitPlainTextParagraphs("a", 15));
    }

    private static IReadOnlyList<string> Split(string kind, string text, int max) =>
        kind == "Markdown" ? Tokenizer.SplitMarkdownParagraphs(text, max) : Tokenizer.SplitPlainTextParagraphs(text, max);

    private static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
