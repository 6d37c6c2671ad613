using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the token IDs of one input or of several.</summary>
internal static class TokenIdReader
{
    /// <summary>Reads the rest of an array of token IDs, which is one input, or of an array of such arrays.</summary>
    /// <param name="json">The reader, at the first item of the array: a number or an array.</param>
    /// <param name="body">The bytes that the reader reads.</param>
    /// <param name="field">The name of the field, for messages.</param>
    /// <param name="maxInputs">The maximum number of inputs.</param>
    /// <exception cref="RejectedException">An item is of another type, or there are too many inputs.</exception>
    public static List<IReadOnlyList<int>> Read(ref Utf8JsonReader json, ReadOnlySpan<byte> body, string field, int maxInputs)
    {
        if (json.TokenType == JsonTokenType.Number)
        {
            return [ReadOne(ref json, body, field)];
        }

        var arrays = new List<IReadOnlyList<int>>();
        while (json.TokenType != JsonTokenType.EndArray)
        {
            InputItems.ThrowIfFull(arrays.Count, maxInputs);
            arrays.Add(ReadArray(ref json, body, InputItems.Name(field, arrays.Count)));
            json.Read();
        }

        return arrays;
    }

    private static int[] ReadArray(ref Utf8JsonReader json, ReadOnlySpan<byte> body, string field)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw RejectedException.InvalidValue(
                field, RejectionText.Describe(json.TokenType), "an array of token IDs, because the first item is one");
        }

        json.Read();
        return json.TokenType == JsonTokenType.EndArray
            ? throw RejectedException.InvalidValue(field, "an empty array", "at least one token ID")
            : ReadOne(ref json, body, field);
    }

    private static int[] ReadOne(ref Utf8JsonReader json, ReadOnlySpan<byte> body, string field)
    {
        var ids = new int[CountItems(body[(int)json.TokenStartIndex..])];
        var count = 0;
        do
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var id))
            {
                throw RejectedException.InvalidValue(
                    InputItems.Name(field, count), RejectionText.Describe(json.TokenType), "a token ID, which is an integer");
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
}
