using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Describes parts of a request in the words of a rejection message.</summary>
internal static class RejectionText
{
    private const int MaxNameLength = 64;

    /// <summary>Returns the kind of a JSON value. The content is left out, because it may be a user's text.</summary>
    public static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        _ => "missing",
    };

    /// <summary>Shortens a name that a caller sent to a length that fits into a message.</summary>
    public static string Shorten(string name) => name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength), "...");
}
