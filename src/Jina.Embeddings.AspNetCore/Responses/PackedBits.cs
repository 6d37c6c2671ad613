namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Vectors as bits, eight to a byte, the first component in the highest bit (as numpy's <c>packbits</c>).</summary>
/// <remarks><c>BinaryEmbedding</c> has its first component in the lowest bit, as .NET's BitArray does, so it does not serve here.</remarks>
internal static class PackedBits
{
    /// <summary>Returns the bytes; a bit is 1 where the component is greater than 0, and the last byte is filled up with 0.</summary>
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[(vector.Length + 7) / 8];
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i >> 3] |= (byte)((vector[i] > 0 ? 0x80 : 0) >> (i & 7));
        }

        return bytes;
    }
}
