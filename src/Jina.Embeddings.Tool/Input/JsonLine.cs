using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Takes the text out of a line of JSON: a string, or an object with a string <c>text</c>.</summary>
internal static partial class JsonLine
{
    /// <summary>Returns the text, or throws a <see cref="FormatException"/> that says what was found and what is expected.</summary>
    public static string Text(string line)
    {
        try
        {
            // Lone halves of surrogate pairs are legal JSON, but no text; the rest of the tool reads them as U+FFFD.
            using var json = JsonDocument.Parse(SurrogateEscapes().Replace(line, LoneToReplacement));
            var root = json.RootElement;
            var text = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("text", out var property) ? property : root;
            return text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Unexpected(Describe(root, text));
        }
        catch (JsonException)
        {
            throw Unexpected(string.IsNullOrWhiteSpace(line) ? "an empty line" : $"no valid JSON ({Excerpt(line)})");
        }
    }

    private static FormatException Unexpected(string found) =>
        new($"found {found}, expected a JSON string or an object like {{\"text\": \"...\"}}. Correct the line, or leave --jsonl out to read plain lines.");

    private static string Describe(JsonElement root, JsonElement text) =>
        root.ValueKind != JsonValueKind.Object ? $"a JSON {root.ValueKind.ToString().ToLowerInvariant()}"
        : text.ValueKind == JsonValueKind.Object ? "an object without a string \"text\""
        : $"an object whose \"text\" is a JSON {text.ValueKind.ToString().ToLowerInvariant()}";

    private static string Excerpt(string line) => line.Length <= 40 ? line : $"{line[..40]}…";

    private static string LoneToReplacement(Match escape) => escape.Groups["lone"].Success ? @"\ufffd" : escape.Value;

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.")]
    private static partial Regex SurrogateEscapes();
}
