using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Tests.Input;

public sealed class JsonLineTests
{
    [Theory]
    [InlineData("\"a text\"", "a text")]
    [InlineData("{\"id\":7,\"text\":\"a text\",\"more\":[1]}", "a text")]
    [InlineData(" \"two\\nlines\" ", "two\nlines")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\ud83c\\udf89\"", "🎉")]
    [InlineData("\"\\ud83c!\\udf89\"", "\uFFFD!\uFFFD")]
    [InlineData("\"\\\\ud83c\"", "\\ud83c")]
    public void The_text_is_a_string_or_the_text_of_an_object(string line, string expected) => Assert.Equal(expected, JsonLine.Text(line));

    [Theory]
    [InlineData("", "an empty line")]
    [InlineData("plain", "no valid JSON (plain)")]
    [InlineData("\"a\" \"b\"", "no valid JSON")]
    [InlineData("12", "a JSON number")]
    [InlineData("[\"a\"]", "a JSON array")]
    [InlineData("null", "a JSON null")]
    [InlineData("{\"txt\":\"a\"}", "an object without a string \"text\"")]
    [InlineData("{\"text\":12}", "an object whose \"text\" is a JSON number")]
    public void Anything_else_is_named(string line, string found)
    {
        var error = Assert.Throws<FormatException>(() => JsonLine.Text(line));

        Assert.Contains($"found {found}", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected a JSON string or an object", error.Message, StringComparison.Ordinal);
    }
}
