using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Converts finite float vectors to int8 vectors and compares int8 vectors in exact integer arithmetic.</summary>
internal static class Int8Vector
{
    /// <summary>The number of components that are widened at once. The sum of their products is far below the limit of an int32.</summary>
    private const int Chunk = 512;

    public static Embedding<sbyte> Quantize(Embedding<float> embedding) => new(Quantize(embedding.Vector.Span))
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
                // Divide first: 127 / largest overflows if largest is tiny.
                quantized[i] = (sbyte)(int)MathF.Round(vector[i] / largest * sbyte.MaxValue);
            }
        }

        return quantized;
    }
}
