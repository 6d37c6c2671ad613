using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads the text and the ID of a JSON line: a string, or an object with these fields.</summary>
internal static partial class JsonLine
{
    /// <summary>Returns the text and the ID. The ID is null if no field was named.</summary>
    /// <exception cref="FormatException">The line is something else. The message says what was found and what was expected.</exception>
    public static (string Text, string? Id) Read(string line, RecordFields fields)
    {
        try
        {
            // Lone surrogates are legal in JSON, but are not text. The rest of the tool reads them as U+FFFD.
            using var json = JsonDocument.Parse(SurrogateEscapes().Replace(line, ReplaceLone));
            var root = json.RootElement;
            var text = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(fields.Text, out var property) ? property : root;
            if (text.ValueKind != JsonValueKind.String)
            {
                throw Unexpected(Describe(root, text, fields.Text), fields);
            }

            return (text.GetString()!, fields.Id is null ? null : ReadId(root, fields.Id));
        }
        catch (JsonException)
        {
            throw Unexpected(string.IsNullOrWhiteSpace(line) ? "an empty line" : $"invalid JSON ({Excerpt(line)})", fields);
        }
    }

    /// <summary>Returns the ID: a string, or the digits of a number.</summary>
    private static string ReadId(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw MissingId("a JSON string", name);
        }

        if (!root.TryGetProperty(name, out var id))
        {
            throw MissingId($"an object without \"{name}\"", name);
        }

        return id.ValueKind switch
        {
            JsonValueKind.String when id.GetString() is { Length: > 0 } text => text,
            JsonValueKind.String => throw MissingId($"an object whose \"{name}\" is empty", name),
            JsonValueKind.Number => id.GetRawText(),
            var kind => throw MissingId($"an object whose \"{name}\" is a JSON {kind.ToString().ToLowerInvariant()}", name),
        };
    }

    private static FormatException MissingId(string found, string name) =>
        new($"found {found}, expected an ID that is a string or a number. Add \"{name}\", or leave --id-field out.");

    private static FormatException Unexpected(string found, RecordFields fields) =>
        new($"found {found}, expected a JSON string or an object like {{\"{fields.Text}\": \"...\"}}. "
            + "Correct the line, or leave --jsonl out to read plain lines.");

    private static string Describe(JsonElement root, JsonElement text, string name) => (root.ValueKind, text.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => $"an object without a string \"{name}\"",
        (JsonValueKind.Object, var kind) => $"an object whose \"{name}\" is a JSON {kind.ToString().ToLowerInvariant()}",
        (var kind, _) => $"a JSON {kind.ToString().ToLowerInvariant()}",
    };

    private static string Excerpt(string line) => line.Length <= 40 ? line : $"{line[..40]}…";

    private static string ReplaceLone(Match escape) => escape.Groups["lone"].Success ? @"\ufffd" : escape.Value;

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.")]
    private static partial Regex SurrogateEscapes();
}
