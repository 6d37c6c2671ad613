using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Determines which cloud interface a request uses.</summary>
internal static class ShapeDetector
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Gets the names of the fields that only Jina's interface has.</summary>
    public static string[] JinaOnlyFields { get; } =
        ["embedding_type", "encoding_type", "normalized", "truncate", "task", "late_chunking", "return_multivector"];

    /// <summary>Detects the shape of a body that may be invalid or incomplete, so that its rejection has the same shape.</summary>
    public static RequestShape Detect(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(ByteOrderMark.Skip(body), isFinalBlock: false, new JsonReaderState(AnyDepth));
        var isInput = false;
        try
        {
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
                {
                    if (IsJinaOnlyField(in json))
                    {
                        return RequestShape.Jina;
                    }

                    isInput = json.ValueTextEquals("input"u8);
                }
                else if (isInput && json.TokenType == JsonTokenType.StartObject && json.CurrentDepth is 1 or 2)
                {
                    // An object as the input, or as one item of a list of inputs.
                    return RequestShape.Jina;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The body is not valid from here on. Only the part before the fault counts.
        }

        return RequestShape.OpenAI;
    }

    private static bool IsJinaOnlyField(ref readonly Utf8JsonReader json)
    {
        foreach (var field in JinaOnlyFields)
        {
            if (json.ValueTextEquals(field))
            {
                return true;
            }
        }

        return false;
    }
}
