using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace QueueWorker;

/// <summary>Represents a message: a text with an ID. The version is the position of the message in the stream.</summary>
internal sealed record Passage(string Id, string Text, long Version)
{
    /// <summary>The longest ID in UTF-16 code units. The index of a primary key has a limit of about 2,700 bytes.</summary>
    public const int MaxIdLength = 512;

    /// <summary>Reads a message. Messages that would fail in each attempt are rejected here, so that they do not block others.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> message, long version, [NotNullWhen(true)] out Passage? passage, [NotNullWhen(false)] out string? problem)
    {
        passage = null;
        try
        {
            using var json = JsonDocument.Parse(message);
            var (id, text) = (StringOf(json.RootElement, "id"), StringOf(json.RootElement, "text"));
            problem = ProblemOf(id, text);
            passage = problem is null ? new Passage(id!, text!, version) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid Unicode.
            problem = "It is not valid JSON.";
        }

        return problem is null;
    }

    /// <summary>
    /// Returns the last version of each ID, because a statement cannot write a row twice. They are in the order of the IDs, so that two
    /// workers lock rows in the same order and cannot deadlock.
    /// </summary>
    public static IReadOnlyList<Passage> LatestOfEachId(IEnumerable<Passage> passages) =>
    [
        .. passages
            .GroupBy(passage => passage.Id, (_, versions) => versions.MaxBy(passage => passage.Version)!)
            .OrderBy(passage => passage.Id, StringComparer.Ordinal),
    ];

    private static string? StringOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? ProblemOf(string? id, string? text) => (id, text) switch
    {
        (null or "", _) => "It has no ID. Expected an object with the strings id and text.",
        ({ Length: > MaxIdLength }, _) => $"Its ID has {id.Length} characters; expected at most {MaxIdLength}.",
        _ when string.IsNullOrWhiteSpace(text) => "It has no text. Expected an object with the strings id and text.",
        _ when id.Contains('\0') || text.Contains('\0') => "It contains U+0000, which Postgres does not store.",
        _ => null,
    };
}
