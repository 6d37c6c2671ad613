using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes one vector in one encoding.</summary>
internal static class VectorWriter
{
    /// <summary>The length of <c>-1.17549435E-38</c> and a comma.</summary>
    private const int MaxNumberLength = 16;

    /// <summary>Writes a vector of finite numbers.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<float> vector, VectorEncoding encoding)
    {
        switch (encoding)
        {
            case VectorEncoding.Float:
                WriteNumbers(json, vector);
                break;
            case VectorEncoding.Base64:
                // ONNX Runtime supports little-endian machines only, so the bytes are in the right order.
                json.WriteBase64StringValue(MemoryMarshal.AsBytes(vector));
                break;
            case VectorEncoding.Binary:
                WriteBits(json, vector, offset: 128);
                break;
            default:
                WriteBits(json, vector, offset: 0);
                break;
        }
    }

    /// <summary>Writes an array of numbers, each with the fewest digits that read back exactly.</summary>
    /// <remarks>Numbers are most of the work of a response. Written one by one, they take the JSON writer nearly twice as long.</remarks>
    public static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((vector.Length * MaxNumberLength) + 2);
        buffer[0] = (byte)'[';
        var length = 1;
        foreach (var component in vector)
        {
            component.TryFormat(buffer.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
            length += written;
            buffer[length++] = (byte)',';
        }

        // The bracket replaces the last comma.
        length = Math.Max(length, 2);
        buffer[length - 1] = (byte)']';
        json.WriteRawValue(buffer.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Packs a vector into bits, eight to a byte, the first component in the highest bit (as numpy's <c>packbits</c>).</summary>
    /// <returns>The bytes. A bit is 1 if the component is greater than 0, and the last byte is padded with 0.</returns>
    /// <remarks><c>BinaryEmbedding</c> has the first component in the lowest bit, as .NET's BitArray, so it cannot be used here.</remarks>
    public static byte[] PackBits(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[(vector.Length + 7) / 8];
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i >> 3] |= (byte)((vector[i] > 0 ? 0x80 : 0) >> (i & 7));
        }

        return bytes;
    }

    private static void WriteBits(Utf8JsonWriter json, ReadOnlySpan<float> vector, int offset)
    {
        json.WriteStartArray();
        foreach (var bits in PackBits(vector))
        {
            json.WriteNumberValue(bits - offset);
        }

        json.WriteEndArray();
    }
}
