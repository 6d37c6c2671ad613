using CsCheck;
using Jina.Embeddings.Tool.Evaluation;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

public sealed class SentencesTests
{
    private const string Characters = "a. !\n\"#";

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("One.", "One.")]
    [InlineData(" One. Two?  Three!\n", "One.", "Two?", "Three!")]
    [InlineData("\"One.\" Two (of 2.5) (three.) Four", "\"One.\"", "Two (of 2.5) (three.)", "Four")]
    [InlineData("A heading\n\nA sentence", "A heading", "A sentence")]
    [InlineData("x", "x")]
    public void A_text_is_divided_after_punctuation_and_lines(string text, params string[] expected) =>
        Assert.Equal(expected, Sentences.Split(text));

    [Fact]
    public void No_character_is_lost() => Gen.Int[0, Characters.Length - 1].Select(i => Characters[i]).Array[0, 60].Sample(characters =>
        Assert.Equal(Visible(characters), Visible(string.Concat(Sentences.Split(new string(characters))))));

    private static string Visible(IEnumerable<char> text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
