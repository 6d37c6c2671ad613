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
        var values = ReadStored(entry, entry.Offset, checked((int)(entry.Length / entry.ElementType.Size())));
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

        return ReadStored(entry, entry.Offset + ((long)first * columns * entry.ElementType.Size()), count * columns);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    /// <summary>Reads elements in the order of the file.</summary>
    private float[] ReadStored(TensorEntry entry, long offset, int count)
    {
        var values = new float[count];
        var file = _files[entry.File];
        switch (entry.ElementType)
        {
            case TensorElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(file.Read(offset, count * sizeof(ushort))), values);
                break;
            case TensorElementType.BFloat16:
                // A bfloat16 is the upper half of a single.
                var upperHalves = MemoryMarshal.Cast<byte, ushort>(file.Read(offset, count * sizeof(ushort)));
                for (var i = 0; i < count; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)upperHalves[i] << 16);
                }

                break;
            default:
                file.Read(offset, MemoryMarshal.AsBytes(values.AsSpan()));
                break;
        }

        return values;
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
