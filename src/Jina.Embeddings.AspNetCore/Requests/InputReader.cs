using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads what is to be embedded: one text or several, or the token ids of one or several.</summary>
internal static class InputReader
{
    public const string Expected = "a string, {\"text\": string}, an array of these, an array of token ids, or an array of such arrays";

    /// <summary>Reads the value that the reader stands at into the request.</summary>
    /// <returns>Whether a text came as an object, which only Jina's interface has.</returns>
    public static bool Read(ref Utf8JsonReader reader, EmbeddingRequest request, int maxInputs)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                request.Texts = [reader.GetString()!];
                return false;
            case JsonTokenType.StartObject:
                request.Texts = [ReadObject(ref reader, "input")];
                return true;
            case JsonTokenType.StartArray:
                return ReadArray(ref reader, request, maxInputs);
            default:
                throw Wrong(ref reader, "input", Expected);
        }
    }

    /// <summary>The first item tells what the array is of.</summary>
    private static bool ReadArray(ref Utf8JsonReader reader, EmbeddingRequest request, int maxInputs)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray:
                throw RefusedException.InvalidBody("input is an empty array; expected at least one input.", "input");
            case JsonTokenType.Number:
                request.TokenIds = [ReadIds(ref reader, "input")];
                return false;
            case JsonTokenType.StartArray:
                request.TokenIds = ReadIdArrays(ref reader, maxInputs);
                return false;
            default:
                return ReadTexts(ref reader, request, maxInputs);
        }
    }

    private static bool ReadTexts(ref Utf8JsonReader reader, EmbeddingRequest request, int maxInputs)
    {
        var texts = new List<string>();
        var hasObject = false;
        do
        {
            ThrowIfFull(texts.Count, maxInputs);
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
                continue;
            }

            var field = Item("input", texts.Count);
            hasObject = true;
            texts.Add(reader.TokenType == JsonTokenType.StartObject
                ? ReadObject(ref reader, field)
                : throw Wrong(ref reader, field, texts.Count == 0 ? "a string, {\"text\": string}, a token id or an array of token ids" : "a string, or {\"text\": string}, as the first"));
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
        request.Texts = texts;
        return hasObject;
    }

    private static List<IReadOnlyList<int>> ReadIdArrays(ref Utf8JsonReader reader, int maxInputs)
    {
        var arrays = new List<IReadOnlyList<int>>();
        do
        {
            ThrowIfFull(arrays.Count, maxInputs);
            var field = Item("input", arrays.Count);
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw Wrong(ref reader, field, "an array of token ids, as the first");
            }

            reader.Read();
            arrays.Add(reader.TokenType != JsonTokenType.EndArray
                ? ReadIds(ref reader, field)
                : throw RefusedException.InvalidBody($"{field} is an empty array; expected at least one token id.", field));
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
        return arrays;
    }

    private static List<int> ReadIds(ref Utf8JsonReader reader, string field)
    {
        var ids = new List<int>();
        do
        {
            ids.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var id)
                ? id
                : throw Wrong(ref reader, Item(field, ids.Count), "a token id, a whole number"));
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
        return ids;
    }

    private static string ReadObject(ref Utf8JsonReader reader, string field)
    {
        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (text is not null || !reader.ValueTextEquals("text"u8))
            {
                var name = JsonWords.Shorten(reader.GetString()!);
                throw RefusedException.InvalidBody($"{field} has {(name == "text" ? "two texts" : $"a field '{name}'")}; expected {{\"text\": string}}: this model reads text only.", field);
            }

            reader.Read();
            text = FieldValues.String(ref reader, $"{field}.text");
        }

        return text ?? throw RefusedException.InvalidBody($"{field} is an empty object; expected {{\"text\": string}}.", field);
    }

    private static void ThrowIfFull(int count, int maxInputs)
    {
        if (count == maxInputs)
        {
            throw new RefusedException(new Refusal(
                RefusalKind.TooManyInputs, $"There are more than {maxInputs} inputs in this request; send at most {maxInputs} in one.", "input"));
        }
    }

    private static string Item(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    private static RefusedException Wrong(ref Utf8JsonReader reader, string field, string expected) =>
        RefusedException.InvalidBody($"{field} is {JsonWords.Of(reader.TokenType)}; expected {expected}.", field);
}
