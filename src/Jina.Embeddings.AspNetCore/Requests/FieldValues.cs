using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the values of the fields beside the input, each of one type.</summary>
internal static class FieldValues
{
    private const string FormatNames = "\"float\" or \"base64\"";
    private const string TypeNames = "\"float\", \"base64\", \"binary\" or \"ubinary\"";

    public static string String(ref Utf8JsonReader reader, string field) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong(ref reader, field, "a string");

    public static bool Boolean(ref Utf8JsonReader reader, string field) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Wrong(ref reader, field, "true or false");

    public static int Dimensions(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number > 0
            ? number
            : throw Wrong(ref reader, "dimensions", "a whole number from 1 on");

    public static VectorEncoding Format(ref Utf8JsonReader reader) =>
        Encoding(ref reader) is { } encoding and (VectorEncoding.Float or VectorEncoding.Base64)
            ? encoding
            : throw Wrong(ref reader, "encoding_format", FormatNames);

    public static IReadOnlyList<VectorEncoding> Types(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [Encoding(ref reader) ?? throw Wrong(ref reader, "embedding_type", $"{TypeNames}, or a list of these")];
        }

        var types = new List<VectorEncoding>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var type = Encoding(ref reader) ?? throw Wrong(ref reader, "embedding_type", $"a list of {TypeNames}");
            if (!types.Contains(type))
            {
                types.Add(type);
            }
        }

        return types.Count > 0 ? types : throw RefusedException.InvalidBody($"embedding_type is an empty list; expected some of {TypeNames}.", "embedding_type");
    }

    private static VectorEncoding? Encoding(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? null
        : reader.ValueTextEquals("float"u8) ? VectorEncoding.Float
        : reader.ValueTextEquals("base64"u8) ? VectorEncoding.Base64
        : reader.ValueTextEquals("binary"u8) ? VectorEncoding.Binary
        : reader.ValueTextEquals("ubinary"u8) ? VectorEncoding.Ubinary
        : null;

    private static RefusedException Wrong(ref Utf8JsonReader reader, string field, string expected)
    {
        var found = reader.TokenType == JsonTokenType.String ? "another string" : JsonWords.Of(reader.TokenType);
        return RefusedException.InvalidBody($"{field} is {found}; expected {expected}.", field);
    }
}
