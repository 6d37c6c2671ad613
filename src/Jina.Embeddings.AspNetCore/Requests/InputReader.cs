using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the input of a request: one text or several, or the token IDs of one input or several.</summary>
internal static class InputReader
{
    /// <summary>The accepted forms, for messages.</summary>
    public const string Expected = "a string, {\"text\": string}, an array of these, an array of token IDs, or an array of such arrays";

    private const string ExpectedFirstItem = "a string, {\"text\": string}, a token ID or an array of token IDs";
    private const string ExpectedText = "a string or {\"text\": string}, because the first item is one";
    private const string ExpectedTokenIds = "an array of token IDs, because the first item is one";

    /// <summary>Reads the input into the request.</summary>
    /// <param name="json">The reader, at the first token of the input.</param>
    /// <param name="body">The bytes that the reader reads.</param>
    /// <param name="request">The request.</param>
    /// <param name="maxInputs">The maximum number of inputs.</param>
    /// <returns>Whether a text is an object, which only Jina's interface has.</returns>
    public static bool Read(ref Utf8JsonReader json, ReadOnlySpan<byte> body, EmbeddingRequest request, int maxInputs)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                request.Texts = [json.GetString()!];
                return false;
            case JsonTokenType.StartObject:
                request.Texts = [ReadObject(ref json, "input")];
                return true;
            case JsonTokenType.StartArray:
                return ReadArray(ref json, body, request, maxInputs);
            default:
                throw Invalid(ref json, "input", Expected);
        }
    }

    /// <summary>Reads an array. Its first item determines what it contains.</summary>
    private static bool ReadArray(ref Utf8JsonReader json, ReadOnlySpan<byte> body, EmbeddingRequest request, int maxInputs)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.EndArray:
                throw RejectedException.InvalidValue("input", "an empty array", "at least one input");
            case JsonTokenType.Number:
                request.TokenIds = [ReadTokenIds(ref json, body, "input")];
                return false;
            case JsonTokenType.StartArray:
                request.TokenIds = ReadTokenIdArrays(ref json, body, maxInputs);
                return false;
            default:
                return ReadTexts(ref json, request, maxInputs);
        }
    }

    private static bool ReadTexts(ref Utf8JsonReader json, EmbeddingRequest request, int maxInputs)
    {
        var texts = new List<string>();
        var hasObject = false;
        do
        {
            ThrowIfFull(texts.Count, maxInputs);
            switch (json.TokenType)
            {
                case JsonTokenType.String:
                    texts.Add(json.GetString()!);
                    break;
                case JsonTokenType.StartObject:
                    texts.Add(ReadObject(ref json, Item("input", texts.Count)));
                    hasObject = true;
                    break;
                default:
                    throw Invalid(ref json, Item("input", texts.Count), texts.Count == 0 ? ExpectedFirstItem : ExpectedText);
            }
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);
        request.Texts = texts;
        return hasObject;
    }

    private static List<IReadOnlyList<int>> ReadTokenIdArrays(ref Utf8JsonReader json, ReadOnlySpan<byte> body, int maxInputs)
    {
        var arrays = new List<IReadOnlyList<int>>();
        do
        {
            ThrowIfFull(arrays.Count, maxInputs);
            var field = Item("input", arrays.Count);
            if (json.TokenType != JsonTokenType.StartArray)
            {
                throw Invalid(ref json, field, ExpectedTokenIds);
            }

            json.Read();
            if (json.TokenType == JsonTokenType.EndArray)
            {
                throw RejectedException.InvalidValue(field, "an empty array", "at least one token ID");
            }

            arrays.Add(ReadTokenIds(ref json, body, field));
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);
        return arrays;
    }

    private static int[] ReadTokenIds(ref Utf8JsonReader json, ReadOnlySpan<byte> body, string field)
    {
        var ids = new int[CountItems(body[(int)json.TokenStartIndex..])];
        var count = 0;
        do
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var id))
            {
                throw Invalid(ref json, Item(field, count), "a token ID, which is an integer");
            }

            ids[count++] = id;
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);
        return ids;
    }

    /// <summary>Counts the items of an array of numbers by its commas. A list that grows would take several times the memory.</summary>
    private static int CountItems(ReadOnlySpan<byte> array)
    {
        var end = array.IndexOf((byte)']');
        var items = end < 0 ? array : array[..end];

        // An item and its comma are at least two bytes. More commas than that are not valid JSON, which the reader reports.
        return Math.Min(items.Count((byte)',') + 1, (items.Length + 1) / 2);
    }

    private static string ReadObject(ref Utf8JsonReader json, string field)
    {
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (text is not null || name != "text")
            {
                var found = name == "text" ? "an object with two texts" : $"an object with a field '{RejectionText.Shorten(name)}'";
                throw RejectedException.InvalidValue(field, found, "{\"text\": string}, because this model reads text only");
            }

            json.Read();
            text = ValueReader.ReadString(ref json, $"{field}.text");
        }

        return text ?? throw RejectedException.InvalidValue(field, "an empty object", "{\"text\": string}");
    }

    private static void ThrowIfFull(int count, int maxInputs)
    {
        if (count == maxInputs)
        {
            throw new RejectedException(new Rejection(
                RejectionKind.TooManyInputs,
                $"The request has more than {maxInputs} inputs. Send at most {maxInputs} inputs per request.",
                "input"));
        }
    }

    private static string Item(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    private static RejectedException Invalid(ref Utf8JsonReader json, string field, string expected) =>
        RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), expected);
}
