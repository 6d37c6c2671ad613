using System.Text.Json;

namespace Jina.Extensions.AI.Files;

/// <summary>Parses JSON that can be damaged in any way, so that reading the result cannot fail later.</summary>
internal static class JsonText
{
    /// <summary>Returns the root of a JSON text, which must be of the given kind.</summary>
    /// <exception cref="JinaModelException">The text is not such JSON. The message names the place in it.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, JsonValueKind root, string path, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != root)
            {
                throw new JinaModelException(
                    path, $"{what} is a JSON {document.RootElement.ValueKind}; a JSON {root} is expected. Download the file again.");
            }

            DecodeAllStrings(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new JinaModelException(path, $"{what} is not valid JSON ({e.Message.TrimEnd('.')}). Download the file again.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new JinaModelException(path, $"{what} contains text that is not valid Unicode. Download the file again.", e);
        }
    }

    // The parser checks the structure only. Invalid UTF-8 or a lone surrogate would throw when the string is first read.
    private static void DecodeAllStrings(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    DecodeAllStrings(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    DecodeAllStrings(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
