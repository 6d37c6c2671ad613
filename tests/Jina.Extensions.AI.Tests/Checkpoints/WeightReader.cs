using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Tests.Checkpoints;

/// <summary>Reads a weight's values from the place in the directory, in the order of the shape's axes.</summary>
internal static class WeightReader
{
    public static float[] Read(TensorEntry tensor)
    {
        var bytes = new byte[tensor.Length];
        using var file = File.OpenRead(tensor.File);
        file.Position = tensor.Offset;
        file.ReadExactly(bytes);
        float[] stored = tensor.ElementType switch
        {
            TensorElementType.Float16 => [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(value => (float)value)],
            TensorElementType.BFloat16 =>
                [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(value => BitConverter.UInt32BitsToSingle((uint)value << 16))],
            _ => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        };
        var values = new float[stored.Length];
        var index = new long[tensor.Shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[index.Zip(tensor.Strides, (at, stride) => at * stride).Sum()];
            for (var axis = index.Length - 1; axis >= 0 && ++index[axis] == tensor.Shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return values;
    }
}
