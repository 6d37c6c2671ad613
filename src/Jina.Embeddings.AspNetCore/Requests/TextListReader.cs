using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads an item of a list of texts that is not a string.</summary>
/// <param name="json">The reader, at the first token of the item. It must be left at the last token.</param>
/// <param name="name">The name of the item, for messages.</param>
/// <param name="isFirst">Whether the item is the first one.</param>
internal delegate string OtherItemReader(ref Utf8JsonReader json, string name, bool isFirst);

/// <summary>Reads a text or a list of texts.</summary>
internal static class TextListReader
{
    private const string Expected = "a string or an array of strings";

    /// <summary>Reads a text or a list of texts, which may be empty.</summary>
    /// <param name="json">The reader, at the first token of the value.</param>
    /// <param name="field">The name of the field, for messages.</param>
    /// <param name="maxInputs">The maximum number of inputs of the request.</param>
    /// <param name="others">The number of inputs that the request has in addition to the list.</param>
    /// <exception cref="RejectedException">The value is of another type, or the list is too long.</exception>
    public static List<string> Read(ref Utf8JsonReader json, string field, int maxInputs, int others = 0)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return [ValueReader.ReadString(ref json, field)];
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), Expected);
        }

        json.Read();
        return ReadItems(ref json, field, maxInputs, others);
    }

    /// <summary>Reads the texts of a list.</summary>
    /// <param name="json">The reader, at the first token in the array.</param>
    /// <param name="field">The name of the field, for messages. The name of an item is created only when it is needed.</param>
    /// <param name="maxInputs">The maximum number of inputs of the request.</param>
    /// <param name="others">The number of inputs that the request has in addition to the list.</param>
    /// <param name="readOther">The delegate that reads items that are not strings. If <see langword="null"/>, they are rejected.</param>
    /// <exception cref="RejectedException">An item is of another type, or the list is too long.</exception>
    public static List<string> ReadItems(
        ref Utf8JsonReader json, string field, int maxInputs, int others = 0, OtherItemReader? readOther = null)
    {
        var texts = new List<string>();
        while (json.TokenType != JsonTokenType.EndArray)
        {
            InputItems.ThrowIfFull(texts.Count + others, maxInputs);
            texts.Add(json.TokenType == JsonTokenType.String
                ? ReadText(ref json, field, texts.Count)
                : ReadOther(ref json, InputItems.Name(field, texts.Count), texts.Count == 0, readOther));
            json.Read();
        }

        return texts;
    }

    private static string ReadText(ref Utf8JsonReader json, string field, int index)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ValueReader.InvalidUnicode(InputItems.Name(field, index));
        }
    }

    private static string ReadOther(ref Utf8JsonReader json, string name, bool isFirst, OtherItemReader? readOther) =>
        readOther is null ? ValueReader.ReadString(ref json, name) : readOther(ref json, name, isFirst);
}
