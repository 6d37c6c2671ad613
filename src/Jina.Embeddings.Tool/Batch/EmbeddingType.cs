using System.Numerics;
using System.Runtime.InteropServices;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Specifies the components of the vectors that are written.</summary>
internal enum EmbeddingType
{
    /// <summary>Floating-point numbers of 32 bits.</summary>
    Float,

    /// <summary>Integers from -127 to 127. Each vector has its own scale.</summary>
    Int8,

    /// <summary>The signs of the components as bytes. The first component is the lowest bit of the first byte.</summary>
    Binary,
}

/// <summary>Converts vectors to the components that are written.</summary>
internal static class EmbeddingComponents
{
    /// <summary>Returns the components. Those of a quantized vector are integers.</summary>
    public static ReadOnlyMemory<float> Convert(Embedding<float> embedding, EmbeddingType type) => type switch
    {
        EmbeddingType.Int8 => ToFloats(embedding.ToInt8Embedding().Vector.Span),
        EmbeddingType.Binary => ToFloats<byte>(CollectionsMarshal.AsBytes(embedding.ToBinaryEmbedding().Vector)),
        _ => embedding.Vector,
    };

    /// <summary>Returns the number of components of a vector with a number of dimensions.</summary>
    public static int CountOf(int dimensions, EmbeddingType type) =>
        type == EmbeddingType.Binary ? (dimensions + 7) / 8 : dimensions;

    private static float[] ToFloats<T>(ReadOnlySpan<T> values)
        where T : struct, INumber<T>
    {
        var floats = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            floats[i] = float.CreateChecked(values[i]);
        }

        return floats;
    }
}
