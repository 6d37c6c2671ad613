using System.Text.Json;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Answers;

/// <summary>Writes findings as JSON for programs.</summary>
internal static class JsonReport
{
    /// <summary>Writes findings after the answer is complete.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="write">The function that writes an object with properties.</param>
    public static async Task WriteAsync(Findings findings, Action<Action<Utf8JsonWriter>> write)
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
                json.WriteStartObject();
                WriteSource(json, hit, findings);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (answer.Length > 0)
            {
                json.WriteString("answer", answer);
                WriteStrings(json, "missingCitations", Citations.FindMissing(answer, findings.Hits.Count));
            }
        });
    }

    /// <summary>Writes one object per passage, each on its own line.</summary>
    public static void WriteLines(Findings findings)
    {
        foreach (var hit in findings.Hits)
        {
            JsonOutput.WriteLine(json => WriteSource(json, hit, findings));
        }
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

    private static void WriteSource(Utf8JsonWriter json, Hit hit, Findings findings)
    {
        if (DocumentEntry.FindPath(hit.Passage.Source) is { } path)
        {
            json.WriteString("path", path);
        }

        json.WriteString("file", hit.Passage.File);
        if (findings.Collections.TryGetValue(hit.Passage.Root, out var collection))
        {
            json.WriteString("collection", collection);
        }

        if (hit.Passage.Title.Length > 0)
        {
            json.WriteString("title", hit.Passage.Title);
        }

        json.WriteNumber("startLine", hit.Passage.StartLine);
        json.WriteNumber("endLine", hit.Passage.EndLine);
        json.WriteString("unit", JsonNamingPolicy.CamelCase.ConvertName(hit.Passage.Unit.ToString()));
        json.WriteNumber("score", hit.Score);
        json.WriteString("text", hit.Passage.Text);
        if (hit.Context is { } context)
        {
            json.WriteNumber("contextStartLine", context.StartLine);
            WriteStrings(json, "context", context.Lines);
        }
    }
}
