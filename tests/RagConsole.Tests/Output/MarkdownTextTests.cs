using RagConsole.Output;
using Spectre.Console;

namespace RagConsole.Tests.Output;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("plain [1] text", "plain [1] text")]
    [InlineData("# Title\nText", "<Title>\nText")]
    [InlineData("a **bold** word", "a <bold> word")]
    [InlineData("**bold**", "<bold>")]
    [InlineData("2 * 3 ** 4 *** 5", "2 * 3 ** 4 *** 5")]
    [InlineData("ends with *", "ends with *")]
    [InlineData("never **closed\nnext", "never <closed>\nnext")]
    [InlineData("run `rm *.tmp`, then", "run {rm *.tmp}, then")]
    [InlineData("- one\n  * two\n+ **three**", "o one\n  o two\no <three>")]
    [InlineData("1. one\n#hash", "1. one\n#hash")]
    [InlineData("```sh\n# no heading\n**stars**\n```\nend", "{# no heading\n**stars**\n}end")]
    [InlineData("---", "---")]
    public void Markdown_is_shown_as_styles_whole_and_character_by_character(string markdown, string shown)
    {
        Assert.Equal(shown, Show([markdown]));
        Assert.Equal(shown, Show(markdown.Select(character => character.ToString())));
    }

    [Fact]
    public void A_part_is_shown_before_the_next_one_arrives()
    {
        var text = new MarkdownText("o");

        Assert.Equal("Every ", Assert.Single(text.Append("Every ")).Text);
        Assert.Empty(text.Append("**"));
        Assert.Equal("morning", Assert.Single(text.Append("morning")).Text);
    }

    /// <summary>Returns the text with bold parts in angle brackets and code in braces.</summary>
    private static string Show(IEnumerable<string> parts)
    {
        var text = new MarkdownText("o");
        var all = parts.SelectMany(text.Append).ToList().Concat(text.Complete());
        return string.Concat(all.Select(part => part.Style.Equals(Style.Plain) ? part.Text
            : part.Style.Decoration == Decoration.Bold ? $"<{part.Text}>"
            : $"{{{part.Text}}}"))
            .Replace("><", "", StringComparison.Ordinal)
            .Replace("}{", "", StringComparison.Ordinal);
    }
}
