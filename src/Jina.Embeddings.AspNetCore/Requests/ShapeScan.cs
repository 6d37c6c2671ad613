using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Tells a request's shape from a body that may be broken or incomplete, so that its refusal has that shape.</summary>
internal static class ShapeScan
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads as far as the bytes are JSON.</summary>
    public static RequestShape Of(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(AnyDepth));
        RequestField? field = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    field = FieldNames.Find(in reader);
                }

                if ((field is { } known && FieldNames.IsJinas(known)) || (field == RequestField.Input && StartsInput(in reader)))
                {
                    return RequestShape.Jina;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What stands before the fault has told all that can be known.
        }

        return RequestShape.OpenAI;
    }

    /// <summary>An object as the input, or as one of a list of them.</summary>
    private static bool StartsInput(ref readonly Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth is 1 or 2;
}
