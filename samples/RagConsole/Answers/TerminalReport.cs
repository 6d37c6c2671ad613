using System.Globalization;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RagConsole.Answers;

/// <summary>Writes passages and answers for people: with links to the files, matched words, and Markdown as styles.</summary>
/// <remarks>Without colors, styles such as bold stay. Nothing has a border, so that narrow terminals show whole lines.</remarks>
internal sealed class TerminalReport(IAnsiConsole terminal) : IReportFormat
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Match = new(Color.Yellow, decoration: Decoration.Bold);

    private readonly Symbols _symbols = Symbols.For(terminal.Profile.Encoding);
    private MarkdownText? _answer;

    /// <summary>Writes a passage below a line with its number, title, place and similarity.</summary>
    public void WritePassage(int number, Hit hit, Findings findings)
    {
        var header = new Paragraph().Append(number.ToString(CultureInfo.InvariantCulture), Bold);
        if (hit.Passage.Title.Length > 0)
        {
            header.Append($" {_symbols.Separator} ", Dim).Append(Printable.Name(hit.Passage.Title), Bold);
        }

        header.Append($" {_symbols.Separator} ", Dim);
        AppendPlace(header, hit.Passage);
        if (findings.HasSimilarities)
        {
            var similarity = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, hit.Score):P0} similar");
            header.Append($" {_symbols.Separator} {similarity}", Dim);
        }

        terminal.Write(header);
        terminal.WriteLine();
        IRenderable body = hit.Context is { } context
            ? new Text(string.Join('\n', NumberedLines.Create(hit.Passage, context)))
            : CreateBody(hit.Passage, findings.Wordings);
        terminal.Write(new Padder(body, new Padding(2, 0, 0, 1)));
    }

    /// <inheritdoc/>
    public void WriteCitation(int number, Passage passage)
    {
        var line = new Paragraph().Append($"  [{number}] ", Dim);
        if (passage.Title.Length > 0)
        {
            line.Append($"{Printable.Name(passage.Title)} {_symbols.Separator} ");
        }

        AppendPlace(line, passage);
        terminal.Write(line);
        terminal.WriteLine();
    }

    /// <inheritdoc/>
    public void WriteHeading(string heading)
    {
        terminal.Write(new Text(heading, new Style(decoration: Decoration.Bold | Decoration.Underline)));
        terminal.WriteLine();
    }

    /// <inheritdoc/>
    public void WriteAnswerPart(string part)
    {
        _answer ??= new MarkdownText(_symbols.Bullet);
        Write(_answer.Append(Printable.Text(part)));
    }

    /// <inheritdoc/>
    public void EndAnswer()
    {
        Write(_answer?.Complete() ?? []);
        _answer = null;
        terminal.WriteLine();
    }

    private void Write(IEnumerable<StyledText> texts)
    {
        foreach (var (text, style) in texts)
        {
            terminal.Write(new Unwrapped(text, style));
        }
    }

    private static void AppendPlace(Paragraph line, Passage passage)
    {
        var link = DocumentEntry.FindPath(passage.Source) is { } path ? new Link(CreateAddress(path, passage)) : null;
        line.Append(Printable.Name(FilePlace.Describe(passage)), new Style(Color.Green), link);
    }

    private static string CreateAddress(string path, Passage passage)
    {
        var page = DocumentFormats.IsPaged(passage.File) ? string.Create(CultureInfo.InvariantCulture, $"#page={passage.StartLine}") : "";
        return new Uri(path).AbsoluteUri + page;
    }

    private Paragraph CreateBody(Passage passage, IEnumerable<string> wordings)
    {
        var text = string.Join(
            '\n', CodeFiles.Contains(passage.File) ? Printable.Lines(passage.Text) : Printable.Paragraphs(passage.Text));
        var stems = WordStems.Find(string.Join('\n', wordings));
        var markdown = new MarkdownText(_symbols.Bullet);
        IEnumerable<StyledText> parts = DocumentFormats.HasHeadings(passage.File)
            ? markdown.Append(text).Concat(markdown.Complete())
            : [new StyledText(text, Style.Plain)];
        var body = new Paragraph();
        foreach (var (styled, style) in parts)
        {
            foreach (var (part, isMatch) in WordStems.Split(styled, stems))
            {
                body.Append(part, isMatch ? style.Combine(Match) : style);
            }
        }

        return body;
    }

    /// <summary>
    /// Represents a text that the terminal wraps itself. Spectre would wrap each part of an answer as if it started a line.
    /// </summary>
    private sealed class Unwrapped(string text, Style style) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text, style)];
    }
}
