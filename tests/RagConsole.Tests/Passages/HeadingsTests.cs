using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class HeadingsTests
{
    [Theory]
    [InlineData("text x", "")]
    [InlineData("# Rain\n\nx", "Rain")]
    [InlineData("# Rain\n## Cleaning ##\n### Tools\nx", "Rain: Tools")]
    [InlineData("# Rain\n## Cleaning\n## Accuracy\nx", "Rain: Accuracy")]
    [InlineData("# Rain\n## Cleaning\n# Wind\nx", "Wind")]
    [InlineData("# Rain\n## Cleaning\n# x", "")]
    [InlineData("# Rain\n## Cleaning\n## x", "Rain")]
    [InlineData("# Rain\n```sh\n# comment\n```\nx", "Rain")]
    [InlineData("# Rain\r\n\r\nx", "Rain")]
    [InlineData("#tag\n#\n# #\n####### seven\nx", "")]
    public void The_title_and_the_section_above_a_position_are_found(string text, string above)
    {
        var start = text.LastIndexOf('\n') + 1;

        Assert.Equal(above, new Headings(text).FindAbove(start));
    }

    [Fact]
    public void Positions_are_asked_for_in_order()
    {
        const string Text = "# A\none\n## B\ntwo\n## C\nthree";
        var headings = new Headings(Text);

        var above = new[] { "# A", "one", "## B", "two", "## C", "three" }.Select(part =>
            headings.FindAbove(Text.IndexOf(part, StringComparison.Ordinal)));

        Assert.Equal(["", "A", "A", "A: B", "A", "A: C"], above);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("No heading.", 0)]
    [InlineData("# A\ntext", 0)]
    [InlineData("\n# A\n\n## B\ntext\n", 0)]
    [InlineData("text\n# A\n## B\ntext\n# C\n", 0, 5, 19)]
    [InlineData("# A\n```\n# code\n```\n# B\n", 0, 19)]
    public void A_section_starts_at_a_heading_below_text(string text, params int[] starts) =>
        Assert.Equal(starts, new Headings(text).FindSections());

    [Fact]
    public void A_long_heading_is_shortened() =>
        Assert.Equal(new string('h', 80), new Headings($"# {new string('h', 100_000)}\nx").FindAbove(100_003));
}
