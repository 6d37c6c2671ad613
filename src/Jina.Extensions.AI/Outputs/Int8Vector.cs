using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Outputs;

/// <summary>Vectors of int8: made from finite floats, and compared in exact integer arithmetic.</summary>
internal static class Int8Vector
{
    /// <summary>So many products of two int8, of at most 2^14 each, add up to half of what an int32 holds.</summary>
    private const int Chunk = 65536;

    public static Embedding<sbyte> Of(Embedding<float> embedding) => new(Quantize(embedding.Vector.Span))
    {
        ModelId = embedding.ModelId,
        CreatedAt = embedding.CreatedAt,
        AdditionalProperties = embedding.AdditionalProperties,
    };

    public static float Cosine(ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> y)
    {
        var (xy, xx, yy) = (0L, 0L, 0L);
        for (var start = 0; start < x.Length; start += Chunk)
        {
            var length = Math.Min(Chunk, x.Length - start);
            AddProducts(x.Slice(start, length), y.Slice(start, length), ref xy, ref xx, ref yy);
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

    /// <summary>One pass for all three sums. TensorPrimitives has no dot product that widens; converting first takes twice the time.</summary>
    private static void AddProducts(ReadOnlySpan<sbyte> x, ReadOnlySpan<sbyte> y, ref long xy, ref long xx, ref long yy)
    {
        var (xys, xxs, yys) = (Vector<int>.Zero, Vector<int>.Zero, Vector<int>.Zero);
        var i = 0;
        for (; i <= x.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(x[i..]), out var xLow, out var xHigh);
            Vector.Widen(new Vector<sbyte>(y[i..]), out var yLow, out var yHigh);
            xys += Products(xLow, yLow) + Products(xHigh, yHigh);
            xxs += Products(xLow, xLow) + Products(xHigh, xHigh);
            yys += Products(yLow, yLow) + Products(yHigh, yHigh);
        }

        xy += Vector.Sum(xys);
        xx += Vector.Sum(xxs);
        yy += Vector.Sum(yys);
        for (; i < x.Length; i++)
        {
            xy += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
    }

    /// <summary>A product of two int8, -128 times itself included, fits in an int16; a sum of two does not.</summary>
    private static Vector<int> Products(Vector<short> x, Vector<short> y)
    {
        Vector.Widen(x * y, out var low, out var high);
        return low + high;
    }
}
