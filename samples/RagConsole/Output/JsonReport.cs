using System.Text.Json;
using RagConsole.Retrieval;

namespace RagConsole.Output;

/// <summary>Findings as a JSON object.</summary>
internal static class JsonReport
{
    public static async Task WriteAsync(Findings findings, bool oneLine = false)
    {
        var answer = findings.Answer is null ? "" : string.Concat(await findings.Answer.ToListAsync());
        Action<Action<Utf8JsonWriter>> write = oneLine ? JsonOutput.WriteLine : JsonOutput.Write;
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
