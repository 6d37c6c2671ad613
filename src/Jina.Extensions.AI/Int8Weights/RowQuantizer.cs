using System.Numerics.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>Quantizes each row of a matrix separately: value = scale * int8, symmetric around 0.</summary>
internal static class RowQuantizer
{
    /// <summary>Quantizes rows of finite numbers.</summary>
    /// <param name="values">The rows, one after the other. The array is overwritten.</param>
    /// <param name="columns">The length of a row.</param>
    /// <returns>
    /// The int8 values in the same order, and a scale per row. The scale is 0 for a row of zeros, and for a row whose numbers are too
    /// small for a scale above 0.
    /// </returns>
    public static (sbyte[] Values, float[] Scales) Quantize(float[] values, int columns)
    {
        var quantized = new sbyte[values.Length];
        var scales = new float[values.Length / columns];
        for (var row = 0; row < scales.Length; row++)
        {
            var source = values.AsSpan(row * columns, columns);
            var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(source)) / Int8WeightNames.Largest;
            if (scale > 0)
            {
                // The code divides, because the inverse of the scale of a denormal row is infinite.
                scales[row] = scale;
                TensorPrimitives.Divide(source, scale, source);
                TensorPrimitives.Round(source, source);
                TensorPrimitives.ConvertSaturating<float, sbyte>(source, quantized.AsSpan(row * columns, columns));
            }
        }

        return (quantized, scales);
    }

    /// <summary>Transposes [rows, columns] to [columns, rows].</summary>
    public static sbyte[] Transpose(sbyte[] values, int columns)
    {
        const int Block = 64;
        var rows = values.Length / columns;
        var transposed = new sbyte[values.Length];
        for (var start = 0; start < columns; start += Block)
        {
            var end = Math.Min(columns, start + Block);
            for (var row = 0; row < rows; row++)
            {
                for (var column = start; column < end; column++)
                {
                    transposed[(column * rows) + row] = values[(row * columns) + column];
                }
            }
        }

        return transposed;
    }
}
