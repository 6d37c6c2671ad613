using System.Collections;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Converts finite float vectors to vectors of bits and counts the bits that differ.</summary>
internal static class BitVector
{
    public static BinaryEmbedding Quantize(Embedding<float> embedding) => new(Quantize(embedding.Vector.Span))
    {
        ModelId = embedding.ModelId,
        CreatedAt = embedding.CreatedAt,
        AdditionalProperties = embedding.AdditionalProperties,
    };

    public static int Distance(BitArray x, BitArray y)
    {
        ReadOnlySpan<byte> xBytes = CollectionsMarshal.AsBytes(x);
        ReadOnlySpan<byte> yBytes = CollectionsMarshal.AsBytes(y);
        var (whole, rest) = Math.DivRem(x.Length, 8);
        var distance = (int)TensorPrimitives.HammingBitDistance(xBytes[..whole], yBytes[..whole]);

        if (rest == 0)
        {
            return distance;
        }

        // The unused bits of the last byte are not guaranteed to be 0.
        return distance + BitOperations.PopCount((uint)((xBytes[whole] ^ yBytes[whole]) & ((1 << rest) - 1)));
    }

    private static BitArray Quantize(ReadOnlySpan<float> vector)
    {
        var bits = new BitArray(vector.Length);
        var bytes = CollectionsMarshal.AsBytes(bits);
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i >> 3] |= (byte)((vector[i] > 0 ? 1 : 0) << (i & 7));
        }

        return bits;
    }
}
