using System.Globalization;
using System.Text;
using System.Text.Json;
using RagConsole.Output;
using RagConsole.Passages;
using Spectre.Console;
using Status = RagConsole.Output.Status;

namespace RagConsole.Answers;

/// <summary>Represents the result of a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Wordings">The texts that were searched for.</param>
/// <param name="Model">The name of the embedding model.</param>
/// <param name="Hits">The passages, best first.</param>
/// <param name="IsDoubtful">Whether the passages are hardly closer to the question than any others.</param>
/// <param name="Answer">The answer in parts as the chat model writes it, or null without a chat model.</param>
internal sealed record Findings(
    string Question,
    IReadOnlyList<string> Wordings,
    string Model,
    IReadOnlyList<Hit> Hits,
    bool IsDoubtful,
    IAsyncEnumerable<string>? Answer);

/// <summary>Writes findings to stdout: as JSON for programs, as plain text for pipes and files, and as panels for people.</summary>
internal static class Report
{
    public static async Task WriteAsync(Findings findings, bool json)
    {
        if (json)
        {
            await WriteJsonAsync(findings, JsonOutput.Write);
            return;
        }

        WritePassages(findings.Hits);
        await WriteAnswerAsync(findings);
        WriteDoubt(findings);
    }

    /// <summary>
    /// Writes a turn of a chat: the answer, then the places of the passages that it cites by number. Without a chat model, writes the
    /// passages.
    /// </summary>
    public static async Task WriteTurnAsync(Findings findings, bool json)
    {
        if (json)
        {
            await WriteJsonAsync(findings, JsonOutput.WriteLine);
            return;
        }

        if (findings.Answer is null)
        {
            WritePassages(findings.Hits);
        }
        else
        {
            await WriteAnswerAsync(findings);
            foreach (var (index, hit) in findings.Hits.Index())
            {
                Console.WriteLine($"  [{index + 1}] {Printable.Name(hit.Passage.Place)}");
            }

            Console.WriteLine();
        }

        WriteDoubt(findings);
    }

    private static void WritePassages(IReadOnlyList<Hit> hits)
    {
        foreach (var (index, hit) in hits.Index())
        {
            if (Console.IsOutputRedirected)
            {
                WriteText(index + 1, hit);
            }
            else
            {
                WritePanel(index + 1, hit);
            }
        }
    }

    private static void WriteText(int number, Hit hit)
    {
        var place = Printable.Name(hit.Passage.Place);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}. {hit.Score:F3}  {place}"));
        foreach (var line in Printable.Lines(hit.Passage.Text))
        {
            Console.WriteLine($"   {line}");
        }

        Console.WriteLine();
    }

    private static void WritePanel(int number, Hit hit)
    {
        var place = Markup.Escape(Printable.Name(hit.Passage.Place));
        var score = hit.Score.ToString("F3", CultureInfo.InvariantCulture);
        AnsiConsole.Write(new Panel(new Text(string.Join('\n', Printable.Paragraphs(hit.Passage.Text))))
        {
            Header = new PanelHeader($"[bold]{number}[/] · [green]{place}[/] · [dim]{score}[/]"),
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(Color.Grey),
            Expand = true,
        });
    }

    private static async Task WriteAnswerAsync(Findings findings)
    {
        if (findings.Answer is null)
        {
            return;
        }

        var answer = new StringBuilder();
        try
        {
            await foreach (var part in findings.Answer)
            {
                answer.Append(part);
                Console.Write(Printable.Text(part));
            }
        }
        finally
        {
            Console.WriteLine();
        }

        foreach (var number in Citations.FindMissing(answer.ToString(), findings.Hits.Count))
        {
            Status.Warning($"The answer cites [{number}], but the passages have the numbers 1 to {findings.Hits.Count}.");
        }
    }

    private static void WriteDoubt(Findings findings)
    {
        if (findings.IsDoubtful)
        {
            Status.Warning("The files may not answer this question: these passages are hardly closer to it than any others.");
        }
    }

    private static async Task WriteJsonAsync(Findings findings, Action<Action<Utf8JsonWriter>> write)
    {
        var answer = findings.Answer is null ? "" : string.Concat(await findings.Answer.ToListAsync());
        write(json =>
        {
            json.WriteString("question", findings.Question);
            if (findings.Wordings is not [var wording] || wording != findings.Question)
            {
                WriteStrings(json, "searchedFor", findings.Wordings);
            }

            json.WriteString("model", findings.Model);
            json.WriteBoolean("doubtful", findings.IsDoubtful);
            json.WriteStartArray("sources");
            foreach (var hit in findings.Hits)
            {
                WriteSource(json, hit);
            }

            json.WriteEndArray();
            if (answer.Length > 0)
            {
                json.WriteString("answer", answer);
                WriteStrings(json, "missingCitations", Citations.FindMissing(answer, findings.Hits.Count));
            }
        });
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
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
