using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a\nb\r\nc\rd", "a", "b", "c", "d")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\n\r\n", "a", "")]
    [InlineData("a\r", "a")]
    [InlineData("\n\nb", "", "", "b")]
    public void Lines_end_as_passages_count_them(string text, params string[] lines) => Assert.Equal(lines, TextLines.Split(text));
}
