using RagConsole.Documents;
using RagConsole.Mcp;

namespace RagConsole.Tests.Mcp;

public sealed class DocumentLinesTests
{
    [Theory]
    [InlineData("one\ntwo", "1:one|2:two")]
    [InlineData("one\r\n\r\nthree\r\n", "1:one|2:|3:three")]
    [InlineData("one\rtwo\r", "1:one|2:two")]
    [InlineData("\n\n", "1:|2:")]
    public void The_lines_of_a_text_are_those_of_its_file(string text, string expected) =>
        Assert.Equal(expected, Describe(new Document(text)));

    [Fact]
    public void The_runs_of_a_page_are_one_part()
    {
        SourceRun[] runs = [new(0, 1), new(4, 1), new(8, 3)];

        Assert.Equal("1:aaa\nbbb|3:ccc", Describe(new Document("aaa\nbbb\nccc\n", runs, Unit: PlaceUnit.Page)));
    }

    private static string Describe(Document document) =>
        string.Join('|', DocumentLines.Split(document).Select(line => $"{line.Number}:{line.Text}"));
}
