using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Vectors of int8: made from finite floats, and compared in exact integer arithmetic.</summary>
internal static class Int8Vector
{
    /// <summary>The components that are widened at a time: their products add up to far less than an int32 holds.</summary>
    private const int Chunk = 512;

    public static Embedding<sbyte> Of(Embedding<float> embedding) => new(Quantize(embedding.Vector.Span))
    {
        ModelId = embedding.ModelId,
        CreatedAt = embedding.CreatedAt,
        AdditionalProperties = embedding.AdditionalProperties,
    };

    public static float Cosine(ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> y)
    {
        Span<int> wideX = stackalloc int[Chunk];
        Span<int> wideY = stackalloc int[Chunk];
        var (xy, xx, yy) = (0L, 0L, 0L);
        for (var start = 0; start < x.Length; start += Chunk)
        {
            var length = Math.Min(Chunk, x.Length - start);
            var chunkX = wideX[..length];
            var chunkY = wideY[..length];
            TensorPrimitives.ConvertTruncating(x.Slice(start, length), chunkX);
            TensorPrimitives.ConvertTruncating(y.Slice(start, length), chunkY);
            xy += TensorPrimitives.Dot<int>(chunkX, chunkY);
            xx += TensorPrimitives.SumOfSquares<int>(chunkX);
            yy += TensorPrimitives.SumOfSquares<int>(chunkY);
        }

        return (float)(xy / Math.Sqrt((double)xx * yy));
    }

    private static sbyte[] Quantize(ReadOnlySpan<float> vector)
    {
        var quantized = new sbyte[vector.Length];
        var largest = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest > 0)
        {
            for (var i = 0; i < quantized.Length; i++)
            {
                // Divided first: 127 / largest overflows where largest is tiny.
                quantized[i] = (sbyte)(int)MathF.Round(vector[i] / largest * sbyte.MaxValue);
            }
        }

        return quantized;
    }
}
