using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>What was found in a request, in words for its refusal.</summary>
internal static class JsonWords
{
    private const int Longest = 64;

    /// <summary>Names a value's kind; its content, which may be a user's text, is not repeated.</summary>
    public static string Of(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        _ => "nothing",
    };

    /// <summary>Cuts a name to a length that a message can bear.</summary>
    public static string Shorten(string name) => name.Length <= Longest ? name : string.Concat(name.AsSpan(0, Longest), "...");
}
