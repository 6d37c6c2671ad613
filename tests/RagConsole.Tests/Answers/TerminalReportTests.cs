using System.Text;
using System.Text.RegularExpressions;
using Jina.Testing;
using RagConsole.Answers;
using RagConsole.Documents;
using RagConsole.Passages;
using Spectre.Console;

namespace RagConsole.Tests.Answers;

public sealed class TerminalReportTests : IDisposable
{
    private readonly TemporaryFolder _docs = new();

    [Fact]
    public void A_passage_shows_number_place_similarity_matched_words_and_Markdown()
    {
        var shown = WritePassage(CreateHit("rain.md", "# Rain\n\n- Empty the **funnel** daily."), "When should I empty the funnels?");

        Assert.Equal("1 \u00b7 rain.md:3-4 \u00b7 60 % similar\n  Rain\n  \u2022 Empty the funnel daily.\n\n", WithoutEscapes(shown));
        Assert.Matches(@"\u001b\[1m.*Rain", shown);
        Assert.Matches(@"\u001b\[1;[0-9;]*mEmpty", shown);
        Assert.Matches(@"\u001b\[1;[0-9;]*mfunnel", shown);
    }

    [Theory]
    [InlineData("guide.html", nameof(PlaceUnit.SourceLine), "guide.html", "")]
    [InlineData("guide.pdf", nameof(PlaceUnit.Page), "guide.pdf, pp. 3-4", "#page=3")]
    public void A_web_page_and_a_PDF_have_titles_and_pages_and_a_link_to_the_file(string file, string unit, string place, string fragment)
    {
        File.WriteAllText(_docs.File(file), "");

        var shown = WritePassage(CreateHit(file, "Empty the funnel.", "Guide", Enum.Parse<PlaceUnit>(unit)), "rain");

        Assert.StartsWith($"1 \u00b7 Guide \u00b7 {_docs.File(place)} \u00b7 ", WithoutEscapes(shown), StringComparison.Ordinal);
        Assert.Contains($";{new Uri(_docs.File(file)).AbsoluteUri}{fragment}\u001b\\", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_exist_has_no_link() =>
        Assert.DoesNotContain("\u001b]8", WritePassage(CreateHit("gone.md", "Rain."), "rain"), StringComparison.Ordinal);

    [Fact]
    public void The_score_of_a_hybrid_search_is_not_shown()
    {
        var shown = WritePassage(CreateHit("rain.md", "Rain."), "rain", hybrid: true);

        Assert.Equal("1 \u00b7 rain.md:3-4\n  Rain.\n\n", WithoutEscapes(shown));
    }

    [Fact]
    public void A_terminal_of_40_columns_shows_every_word()
    {
        const string Text = "Wash the plates of the radiation shield in warm water with a little dish soap each spring.";

        var shown = WithoutEscapes(WritePassage(CreateHit("temperature-and-humidity.md", Text), "rain", width: 40));

        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 40));
        Assert.Equal(
            $"1 \u00b7 temperature-and-humidity.md:3-4 \u00b7 60 % similar {Text}", Regex.Replace(shown, @"\s+", " ").Trim());
    }

    [Fact]
    public void Without_colors_and_Unicode_no_color_and_no_question_mark_is_written()
    {
        var hit = CreateHit("rain.md", "- Empty the **funnel** daily.");

        var shown = WritePassage(hit, "Who empties the funnels?", encoding: Encoding.Latin1, colors: ColorSystemSupport.NoColors);

        Assert.Equal("1 | rain.md:3-4 | 60 % similar\n  - Empty the funnel daily.\n\n", WithoutEscapes(shown));
        Assert.DoesNotMatch(@"\u001b\[[0-9;]*(3[0-9]|38)", shown);
    }

    [Fact]
    public void An_answer_is_written_below_its_heading_as_it_arrives()
    {
        var output = new StringWriter();
        var report = new TerminalReport(CreateTerminal(output, 80, Encoding.UTF8, ColorSystemSupport.Standard));

        report.WriteHeading("Answer");
        var parts = new List<string>();
        foreach (var part in new[] { "Every ", "**mor", "ning** [1]." })
        {
            report.WriteAnswerPart(part);
            parts.Add(WithoutEscapes(output.ToString()));
        }

        report.EndAnswer();
        Assert.Equal(["Answer\nEvery ", "Answer\nEvery mor", "Answer\nEvery morning [1]."], parts);
        Assert.Equal("Answer\nEvery morning [1].\n", WithoutEscapes(output.ToString()));
    }

    public void Dispose() => _docs.Dispose();

    private Hit CreateHit(string file, string text, string title = "", PlaceUnit unit = PlaceUnit.Line) => new(
        new Passage
        {
            Source = DocumentEntry.GetSource(_docs.Path, file),
            File = file,
            Title = title,
            StartLine = 3,
            EndLine = 4,
            Unit = unit,
            Text = text,
        },
        0.6);

    private static string WritePassage(
        Hit hit,
        string question,
        bool hybrid = false,
        int width = 100,
        Encoding? encoding = null,
        ColorSystemSupport colors = ColorSystemSupport.Standard)
    {
        var output = new StringWriter();
        var report = new TerminalReport(CreateTerminal(output, width, encoding ?? Encoding.UTF8, colors));
        report.WritePassage(1, hit, new Findings(question, [question], "demo-en", [hit], !hybrid, IsDoubtful: false, Answer: null));
        return output.ToString().ReplaceLineEndings("\n");
    }

    private static IAnsiConsole CreateTerminal(StringWriter output, int width, Encoding encoding, ColorSystemSupport colors)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        terminal.Profile.Width = width;
        terminal.Profile.Encoding = encoding;
        terminal.Profile.Capabilities.Links = true;
        return terminal;
    }

    /// <summary>Returns the text that a terminal shows, without the blanks at the ends of lines.</summary>
    private static string WithoutEscapes(string text) =>
        Regex.Replace(Regex.Replace(text, @"\u001b(\[[0-9;]*[A-Za-z]|\]8;.*?\u001b\\)", ""), "[ ]+(?=\n)", "");
}
