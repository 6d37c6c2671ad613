using System.Globalization;
using System.Text.Json;
using RagConsole.Output;
using RagConsole.Passages;
using Spectre.Console;

namespace RagConsole.Answers;

/// <summary>Represents the result of a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Model">The name of the embedding model.</param>
/// <param name="Hits">The passages, best first.</param>
/// <param name="Answer">The answer in parts as the chat model writes it, or null without a chat model.</param>
internal sealed record Findings(string Question, string Model, IReadOnlyList<Hit> Hits, IAsyncEnumerable<string>? Answer);

/// <summary>Writes findings to stdout: as JSON for programs, as plain text for pipes and files, and as panels for people.</summary>
internal static class Report
{
    public static Task WriteAsync(Findings findings, bool json)
    {
        if (json)
        {
            return WriteJsonAsync(findings, JsonOutput.Write);
        }

        return Console.IsOutputRedirected ? WriteTextAsync(findings) : WritePanelsAsync(findings);
    }

    /// <summary>Writes a turn of a chat: the answer, then the places of the passages that it cites by number.</summary>
    public static async Task WriteTurnAsync(Findings findings, bool json)
    {
        if (json)
        {
            await WriteJsonAsync(findings, JsonOutput.WriteLine);
            return;
        }

        await WriteAnswerAsync(findings, Console.Write);
        foreach (var (index, hit) in findings.Hits.Index())
        {
            Console.WriteLine($"  [{index + 1}] {Printable.Name(hit.Passage.Place)}");
        }

        Console.WriteLine();
    }

    private static async Task WriteTextAsync(Findings findings)
    {
        foreach (var (index, hit) in findings.Hits.Index())
        {
            var place = Printable.Name(hit.Passage.Place);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {hit.Score:F3}  {place}"));
            foreach (var line in Printable.Lines(hit.Passage.Text))
            {
                Console.WriteLine($"   {line}");
            }

            Console.WriteLine();
        }

        await WriteAnswerAsync(findings, Console.Write);
    }

    private static async Task WritePanelsAsync(Findings findings)
    {
        foreach (var (index, hit) in findings.Hits.Index())
        {
            var place = Markup.Escape(Printable.Name(hit.Passage.Place));
            var score = hit.Score.ToString("F3", CultureInfo.InvariantCulture);
            AnsiConsole.Write(new Panel(new Text(string.Join('\n', Printable.Paragraphs(hit.Passage.Text))))
            {
                Header = new PanelHeader($"[bold]{index + 1}[/] · [green]{place}[/] · [dim]{score}[/]"),
                Border = BoxBorder.Rounded,
                BorderStyle = new Style(Color.Grey),
                Expand = true,
            });
        }

        await WriteAnswerAsync(findings, part => AnsiConsole.Write(new Text(part)));
    }

    private static async Task WriteAnswerAsync(Findings findings, Action<string> write)
    {
        if (findings.Answer is null)
        {
            return;
        }

        await foreach (var part in findings.Answer)
        {
            write(Printable.Text(part));
        }

        Console.WriteLine();
    }

    private static async Task WriteJsonAsync(Findings findings, Action<Action<Utf8JsonWriter>> write)
    {
        var answer = findings.Answer is null ? "" : string.Concat(await findings.Answer.ToListAsync());
        write(json =>
        {
            json.WriteString("question", findings.Question);
            json.WriteString("model", findings.Model);
            json.WriteStartArray("sources");
            foreach (var hit in findings.Hits)
            {
                WriteSource(json, hit);
            }

            json.WriteEndArray();
            if (answer.Length > 0)
            {
                json.WriteString("answer", answer);
            }
        });
    }

    private static void WriteSource(Utf8JsonWriter json, Hit hit)
    {
        json.WriteStartObject();
        json.WriteString("file", hit.Passage.File);
        json.WriteNumber("startLine", hit.Passage.StartLine);
        json.WriteNumber("endLine", hit.Passage.EndLine);
        json.WriteNumber("score", hit.Score);
        json.WriteString("text", hit.Passage.Text);
        json.WriteEndObject();
    }
}
