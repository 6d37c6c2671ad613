using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>
/// Writes a vector as an array of numbers. Numbers are most of the work of an answer, and one by one they cost the JSON writer nearly
/// twice what it takes to write them.
/// </summary>
internal static class FloatArray
{
    /// <summary>The length of <c>-1.17549435E-38</c> and a comma.</summary>
    private const int LongestNumber = 16;

    /// <summary>Writes finite numbers, each as short as it can be read back exactly.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((vector.Length * LongestNumber) + 2);
        buffer[0] = (byte)'[';
        var length = 1;
        foreach (var component in vector)
        {
            component.TryFormat(buffer.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
            length += written;
            buffer[length++] = (byte)',';
        }

        // The last comma's place.
        length = Math.Max(length, 2);
        buffer[length - 1] = (byte)']';
        json.WriteRawValue(buffer.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
