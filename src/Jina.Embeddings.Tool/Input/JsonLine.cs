using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads the text of a JSON line: a string, or an object with a string <c>text</c>.</summary>
internal static partial class JsonLine
{
    /// <summary>Returns the text.</summary>
    /// <exception cref="FormatException">The line is something else. The message says what was found and what was expected.</exception>
    public static string ReadText(string line)
    {
        try
        {
            // Lone surrogates are legal in JSON, but are not text. The rest of the tool reads them as U+FFFD.
            using var json = JsonDocument.Parse(SurrogateEscapes().Replace(line, ReplaceLone));
            var root = json.RootElement;
            var text = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("text", out var property) ? property : root;
            if (text.ValueKind != JsonValueKind.String)
            {
                throw Unexpected(Describe(root, text));
            }

            return text.GetString()!;
        }
        catch (JsonException)
        {
            throw Unexpected(string.IsNullOrWhiteSpace(line) ? "an empty line" : $"invalid JSON ({Excerpt(line)})");
        }
    }

    private static FormatException Unexpected(string found) =>
        new($"found {found}, expected a JSON string or an object like {{\"text\": \"...\"}}. "
            + "Correct the line, or leave --jsonl out to read plain lines.");

    private static string Describe(JsonElement root, JsonElement text) => (root.ValueKind, text.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => "an object without a string \"text\"",
        (JsonValueKind.Object, var kind) => $"an object whose \"text\" is a JSON {kind.ToString().ToLowerInvariant()}",
        (var kind, _) => $"a JSON {kind.ToString().ToLowerInvariant()}",
    };

    private static string Excerpt(string line) => line.Length <= 40 ? line : $"{line[..40]}…";

    private static string ReplaceLone(Match escape) => escape.Groups["lone"].Success ? @"\ufffd" : escape.Value;

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.")]
    private static partial Regex SurrogateEscapes();
}
