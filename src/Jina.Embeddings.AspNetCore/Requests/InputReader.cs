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
                request.Texts = [ValueReader.ReadString(ref json, "input")];
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
            case JsonTokenType.Number or JsonTokenType.StartArray:
                request.TokenIds = TokenIdReader.Read(ref json, body, "input", maxInputs);
                return false;
            default:
                return ReadTexts(ref json, request, maxInputs);
        }
    }

    private static bool ReadTexts(ref Utf8JsonReader json, EmbeddingRequest request, int maxInputs)
    {
        var hasObject = false;
        request.Texts = TextListReader.ReadItems(
            ref json,
            "input",
            maxInputs,
            readOther: (ref Utf8JsonReader item, string name, bool isFirst) =>
            {
                if (item.TokenType != JsonTokenType.StartObject)
                {
                    throw Invalid(ref item, name, isFirst ? ExpectedFirstItem : ExpectedText);
                }

                hasObject = true;
                return ReadObject(ref item, name);
            });
        return hasObject;
    }

    private static string ReadObject(ref Utf8JsonReader json, string field)
    {
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (text is not null || name != "text")
            {
                var found = name == "text" ? "an object with two texts" : $"an object with a field '{RejectionText.Shorten(name)}'";
                throw RejectedException.InvalidValue(field, found, "{\"text\": string}, because this model reads text only");
            }

            text = ValueReader.ReadString(ref json, $"{field}.text");
        }

        return text ?? throw RejectedException.InvalidValue(field, "an object without a text", "{\"text\": string}");
    }

    private static RejectedException Invalid(ref Utf8JsonReader json, string field, string expected) =>
        RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), expected);
}
