using System.Text;
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
/// <param name="HasSimilarities">Whether the scores are cosine similarities.</param>
/// <param name="IsDoubtful">Whether the passages are hardly closer to the question than any others.</param>
/// <param name="Answer">The answer in parts as the chat model writes it, or null without a chat model.</param>
internal sealed record Findings(
    string Question,
    IReadOnlyList<string> Wordings,
    string Model,
    IReadOnlyList<Hit> Hits,
    bool HasSimilarities,
    bool IsDoubtful,
    IAsyncEnumerable<string>? Answer)
{
    /// <summary>Gets the names of the collections by their folders.</summary>
    public IReadOnlyDictionary<string, string> Collections { get; init; } = new Dictionary<string, string>();
}

/// <summary>Writes findings to stdout: as JSON for programs, as plain text for pipes and files, and with styles for people.</summary>
internal static class Report
{
    private static IReportFormat Format { get; } =
        Console.IsOutputRedirected ? new TextReport(Console.Out) : new TerminalReport(AnsiConsole.Console);

    public static async Task WriteAsync(Findings findings, bool json)
    {
        if (json)
        {
            await JsonReport.WriteAsync(findings, JsonOutput.Write);
            return;
        }

        WritePassages(findings);
        if (findings.Answer is not null)
        {
            await WriteAnswerAsync(findings, findings.Answer, "Answer");
        }

        WriteDoubt(findings);
    }

    /// <summary>Writes one JSON object per passage and line.</summary>
    public static void WriteLines(Findings findings)
    {
        JsonReport.WriteLines(findings);
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
            await JsonReport.WriteAsync(findings, JsonOutput.WriteLine);
            return;
        }

        if (findings.Answer is null)
        {
            WritePassages(findings);
        }
        else
        {
            await WriteAnswerAsync(findings, findings.Answer, heading: null);
            foreach (var (index, hit) in findings.Hits.Index())
            {
                Format.WriteCitation(index + 1, hit.Passage);
            }

            Console.WriteLine();
        }

        WriteDoubt(findings);
    }

    private static void WritePassages(Findings findings)
    {
        foreach (var (index, hit) in findings.Hits.Index())
        {
            Format.WritePassage(index + 1, hit, findings);
        }
    }

    /// <summary>Writes an answer as it arrives. A chat model that fails writes no part, and the heading is left out.</summary>
    private static async Task WriteAnswerAsync(Findings findings, IAsyncEnumerable<string> parts, string? heading)
    {
        var answer = new StringBuilder();
        try
        {
            await foreach (var part in parts)
            {
                if (heading is not null && answer.Length == 0 && part.Length > 0)
                {
                    Format.WriteHeading(heading);
                }

                answer.Append(part);
                Format.WriteAnswerPart(part);
            }
        }
        finally
        {
            Format.EndAnswer();
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
}
