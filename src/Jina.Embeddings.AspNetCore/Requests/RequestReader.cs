using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads a request's body. Nothing is ignored in silence: what is not understood is refused.</summary>
internal static class RequestReader
{
    /// <exception cref="RefusedException">The body is no request; the message names the field.</exception>
    public static EmbeddingRequest Read(ReadOnlySpan<byte> body, int maxInputs)
    {
        if (body.IsEmpty)
        {
            throw RefusedException.InvalidBody("The body is empty; expected a JSON object, e.g. {\"input\": \"a text\"}.");
        }

        var reader = new Utf8JsonReader(body);
        try
        {
            var fields = new RequestFields();
            ReadFields(ref reader, fields, maxInputs);
            return fields.ToRequest();
        }
        catch (JsonException e)
        {
            throw RefusedException.InvalidBody(string.Create(
                CultureInfo.InvariantCulture,
                $"The body is not JSON, or nested too deeply, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; expected one JSON object."));
        }
        catch (InvalidOperationException)
        {
            throw RefusedException.InvalidBody("A string of the body is not Unicode: invalid UTF-8, or half of a surrogate pair; expected UTF-8.");
        }
    }

    private static void ReadFields(ref Utf8JsonReader reader, RequestFields fields, int maxInputs)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw RefusedException.InvalidBody($"The body is {JsonWords.Of(reader.TokenType)}; expected a JSON object, e.g. {{\"input\": \"a text\"}}.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FieldNames.Find(in reader) is not { } field)
            {
                throw UnknownField(reader.GetString()!);
            }

            reader.Read();
            fields.Read(field, ref reader, maxInputs);
        }

        // What follows the object is read, and so refused, by the reader itself.
        reader.Read();
    }

    private static RefusedException UnknownField(string name)
    {
        var shown = JsonWords.Shorten(name);
        return RefusedException.InvalidBody($"There is no field '{shown}'; expected some of {FieldNames.Known}.", shown);
    }
}
