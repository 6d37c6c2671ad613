using RagConsole.Output;

namespace RagConsole.Tests.Output;

public sealed class PrintableTests
{
    private const string Long = "This line is as long as an editor makes it before it goes on";

    [Fact]
    public void Control_characters_become_spaces_and_blank_lines_are_removed() =>
        Assert.Equal(["a [2Jb", "c"], Printable.Lines("a\u001b[2Jb\r\n\r\n \nc\u0007\n"));

    [Theory]
    [InlineData("a b#c.md", "a b#c.md")]
    [InlineData("gr\u00fcn/\u65e5\u672c.md", "gr\u00fcn/\u65e5\u672c.md")]
    [InlineData("\u001b[2J", @"\u001b[2J")]
    [InlineData("a\nb\rc\td", @"a\u000ab\u000dc\u0009d")]
    [InlineData("\u009b31m\u007f", @"\u009b31m\u007f")]
    [InlineData("\u202e\u2066\u200f\u200b\ufeff", @"\u202e\u2066\u200f\u200b\ufeff")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\U000e0041", @"\ue0041")]
    [InlineData("\U0001f327", "\U0001f327")]
    public void Invisible_characters_of_a_name_are_escaped(string name, string printed) => Assert.Equal(printed, Printable.Name(name));

    [Fact]
    public void Characters_that_change_the_direction_of_a_text_become_spaces() =>
        Assert.Equal("a bc d e\u200ef", Printable.Text("a\u202ebc\u2069d\u2028e\u200ef"));

    [Theory]
    [InlineData(Long + "\nbelow.", Long + " below.")]
    [InlineData("short\nbelow.", "short", "below.")]
    [InlineData(Long + "\n- item", Long, "- item")]
    [InlineData("# " + Long + "\ntext", "# " + Long, "text")]
    public void Lines_that_an_editor_wrapped_are_joined(string text, params string[] paragraphs) =>
        Assert.Equal(paragraphs, Printable.Paragraphs(text));
}
