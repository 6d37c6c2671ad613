using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RagConsole.Output;

/// <summary>One JSON object for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(Findings findings, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartObject();
        json.WriteString("question", findings.Question);
        json.WriteString("model", findings.Model);
        json.WriteStartArray("sources");
        foreach (var (passage, score) in findings.Hits)
        {
            json.WriteStartObject();
            json.WriteString("file", passage.File);
            json.WriteNumber("startLine", passage.StartLine);
            json.WriteNumber("endLine", passage.EndLine);
            json.WriteNumber("score", score);
            json.WriteString("text", passage.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (findings.Answer is not null && await CollectAsync(findings.Answer) is { Length: > 0 } answer)
        {
            json.WriteString("answer", answer);
        }

        json.WriteEndObject();
        await json.FlushAsync();
        output.Write("\n"u8);
    }

    private static async Task<string> CollectAsync(IAsyncEnumerable<string> parts)
    {
        var text = new StringBuilder();
        await foreach (var part in parts)
        {
            text.Append(part);
        }

        return text.ToString();
    }
}
