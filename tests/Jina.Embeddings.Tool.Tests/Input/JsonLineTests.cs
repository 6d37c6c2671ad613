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
    public void A_line_is_a_string_or_an_object_with_a_text(string line, string expected) =>
        Assert.Equal((expected, null), JsonLine.Read(line, new RecordFields()));

    [Theory]
    [InlineData("", "an empty line")]
    [InlineData("plain", "invalid JSON (plain)")]
    [InlineData("\"a\" \"b\"", "invalid JSON")]
    [InlineData("12", "a JSON number")]
    [InlineData("[\"a\"]", "a JSON array")]
    [InlineData("null", "a JSON null")]
    [InlineData("{\"txt\":\"a\"}", "an object without a string \"text\"")]
    [InlineData("{\"text\":12}", "an object whose \"text\" is a JSON number")]
    public void Anything_else_is_reported(string line, string found)
    {
        var error = Assert.Throws<FormatException>(() => JsonLine.Read(line, new RecordFields()));

        Assert.Contains($"found {found}", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected a JSON string or an object", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":\"a-7\",\"body\":\"a text\"}", "a-7")]
    [InlineData("{\"body\":\"a text\",\"id\":12345678901234567890}", "12345678901234567890")]
    public void Fields_can_have_other_names(string line, string id) =>
        Assert.Equal(("a text", id), JsonLine.Read(line, new RecordFields("body", "id")));

    [Theory]
    [InlineData("{\"text\":\"a\"}", "an object without \"id\"")]
    [InlineData("{\"text\":\"a\",\"id\":\"\"}", "an object whose \"id\" is empty")]
    [InlineData("{\"text\":\"a\",\"id\":null}", "an object whose \"id\" is a JSON null")]
    [InlineData("{\"text\":\"a\",\"id\":[1]}", "an object whose \"id\" is a JSON array")]
    [InlineData("\"a\"", "a JSON string")]
    public void A_missing_ID_is_reported(string line, string found)
    {
        var error = Assert.Throws<FormatException>(() => JsonLine.Read(line, new RecordFields(Id: "id")));

        Assert.Contains($"found {found}", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected an ID that is a string or a number", error.Message, StringComparison.Ordinal);
    }
}
