using RagConsole.Output;

namespace RagConsole.Tests.Output;

public sealed class PrintableTests
{
    private const string Long = "This line is as long as an editor makes it before it goes on";

    [Fact]
    public void Control_characters_become_spaces_and_blank_lines_are_removed() =>
        Assert.Equal(["a [2Jb", "c"], Printable.Lines("a\u001b[2Jb\r\n\r\n \nc\u0007\n"));

    [Theory]
    [InlineData(Long + "\nbelow.", Long + " below.")]
    [InlineData("short\nbelow.", "short", "below.")]
    [InlineData(Long + "\n- item", Long, "- item")]
    [InlineData("# " + Long + "\ntext", "# " + Long, "text")]
    public void Lines_that_an_editor_wrapped_are_joined(string text, params string[] paragraphs) =>
        Assert.Equal(paragraphs, Printable.Paragraphs(text));
}
