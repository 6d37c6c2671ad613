using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>Reads weights as single-precision numbers from any type and order of axes. Safe for concurrent use.</summary>
internal sealed class WeightReader : IDisposable
{
    private readonly Dictionary<string, BoundedFile> _files;

    public WeightReader(IEnumerable<TensorEntry> weights) =>
        _files = weights.Select(entry => entry.File).Distinct().ToDictionary(path => path, BoundedFile.Open, StringComparer.Ordinal);

    /// <summary>Reads a whole weight, row by row.</summary>
    public float[] Read(TensorEntry entry)
    {
        var values = Convert(_files[entry.File].Read(entry.Offset, checked((int)entry.Length)), entry.ElementType);
        return entry is { Shape: [var rows, var columns], Strides: [1, not 1] } && rows > 1
            ? Transpose(values, (int)columns, (int)rows)
            : values;
    }

    /// <summary>Reads some rows of a weight.</summary>
    public float[] ReadRows(TensorEntry entry, int first, int count)
    {
        var columns = (int)entry.Shape[1];
        if (entry.Strides[1] != 1)
        {
            return Read(entry).AsSpan(first * columns, count * columns).ToArray();
        }

        var bytesPerRow = columns * entry.ElementType.Size();
        return Convert(_files[entry.File].Read(entry.Offset + ((long)first * bytesPerRow), count * bytesPerRow), entry.ElementType);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static float[] Convert(byte[] bytes, TensorElementType type)
    {
        switch (type)
        {
            case TensorElementType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                var values = new float[halves.Length];
                TensorPrimitives.ConvertToSingle(halves, values);
                return values;
            case TensorElementType.BFloat16:
                // A bfloat16 is the upper half of a single.
                var upperHalves = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
                return Array.ConvertAll(upperHalves, static upper => BitConverter.UInt32BitsToSingle((uint)upper << 16));
            default:
                return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }
    }

    private static float[] Transpose(float[] stored, int rows, int columns)
    {
        var values = new float[stored.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[(column * rows) + row] = stored[(row * columns) + column];
            }
        }

        return values;
    }
}
