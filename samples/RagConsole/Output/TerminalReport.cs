using System.Globalization;
using Spectre.Console;

namespace RagConsole.Output;

/// <summary>A panel per passage for people, then the answer text as it comes.</summary>
internal static class TerminalReport
{
    public static async Task WriteAsync(Findings findings)
    {
        foreach (var (index, hit) in findings.Hits.Index())
        {
            var passage = hit.Passage;
            var place = Markup.Escape(passage.Place);
            var score = hit.Score.ToString("F3", CultureInfo.InvariantCulture);
            AnsiConsole.Write(new Panel(new Text(string.Join('\n', Printable.Paragraphs(passage.Text))))
            {
                Header = new PanelHeader($"[bold]{index + 1}[/] · [green]{place}[/] · [dim]{score}[/]"),
                Border = BoxBorder.Rounded,
                BorderStyle = new Style(Color.Grey),
                Expand = true,
            });
        }

        if (findings.Answer is null)
        {
            return;
        }

        await foreach (var part in findings.Answer)
        {
            AnsiConsole.Write(new Text(part));
        }

        AnsiConsole.WriteLine();
    }
}
