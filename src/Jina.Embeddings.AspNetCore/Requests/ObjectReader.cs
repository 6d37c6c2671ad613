using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads one field of an object.</summary>
/// <param name="name">The name of the field.</param>
/// <param name="json">The reader, at the first token of the value, which is not null. It must be left at the last token.</param>
/// <param name="body">The bytes that the reader reads.</param>
internal delegate void FieldReader(string name, ref Utf8JsonReader json, ReadOnlySpan<byte> body);

/// <summary>Reads all fields of an object.</summary>
/// <param name="json">The reader, at the start of the object. It must be left at its end.</param>
/// <param name="body">The bytes that the reader reads.</param>
internal delegate void FieldsReader(ref Utf8JsonReader json, ReadOnlySpan<byte> body);

/// <summary>Reads bodies of interfaces that ignore unknown fields, and of fields that are sent twice use the last one.</summary>
internal static class ObjectReader
{
    /// <summary>Reads a complete body.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="example">An example of a body, for messages.</param>
    /// <param name="readField">The delegate that reads each field whose value is not null.</param>
    /// <exception cref="RejectedException">The body is not valid.</exception>
    public static void Read(ReadOnlySpan<byte> body, string example, FieldReader readField) =>
        Read(body, example, (ref Utf8JsonReader json, ReadOnlySpan<byte> bytes) => ReadFields(ref json, bytes, readField));

    /// <summary>Reads a complete body, with or without a byte order mark.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="example">An example of a body, for messages.</param>
    /// <param name="readFields">The delegate that reads all fields.</param>
    /// <exception cref="RejectedException">The body is not valid.</exception>
    public static void Read(ReadOnlySpan<byte> body, string example, FieldsReader readFields)
    {
        body = ByteOrderMark.Skip(body);
        if (body.IsEmpty)
        {
            throw RejectedException.InvalidBody($"The body is empty. Expected a JSON object, e.g. {example}.");
        }

        var json = new Utf8JsonReader(body);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                throw RejectedException.InvalidBody(
                    $"The body is {RejectionText.Describe(json.TokenType)}. Expected a JSON object, e.g. {example}.");
            }

            readFields(ref json, body);

            // The JSON reader throws if anything follows the object.
            json.Read();
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            throw RejectedException.InvalidBody(
                $"The body is not valid JSON, or it is nested too deeply, at {place}. Expected one JSON object.");
        }
        catch (InvalidOperationException)
        {
            throw RejectedException.InvalidBody(
                "The body has a string that is not valid Unicode: invalid UTF-8, or half of a surrogate pair. Send the body as UTF-8.");
        }
    }

    /// <summary>Reads an object inside a body.</summary>
    /// <param name="field">The name of the field that has the object, for messages.</param>
    /// <param name="json">The reader, at the first token of the value.</param>
    /// <param name="body">The bytes that the reader reads.</param>
    /// <param name="readField">The delegate that reads each field whose value is not null.</param>
    /// <exception cref="RejectedException">The value is not an object.</exception>
    public static void ReadNested(string field, ref Utf8JsonReader json, ReadOnlySpan<byte> body, FieldReader readField)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), "an object");
        }

        ReadFields(ref json, body, readField);
    }

    private static void ReadFields(ref Utf8JsonReader json, ReadOnlySpan<byte> body, FieldReader readField)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();

            // Null means that an optional field is not set.
            if (json.TokenType != JsonTokenType.Null)
            {
                readField(name, ref json, body);
            }
        }
    }
}
