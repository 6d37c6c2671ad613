using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Reads weights through a tensor directory, element by element, into row-major double precision.</summary>
internal sealed class WeightReader(Checkpoint checkpoint)
{
    private readonly Dictionary<string, double[]> _read = [];

    public double[] Read(string name) => Read(checkpoint.Tensors[$"{name}.weight"]);

    public double[] Read(TensorEntry entry)
    {
        if (!_read.TryGetValue(entry.Name, out var values))
        {
            _read[entry.Name] = values = Load(entry);
        }

        return values;
    }

    private static double[] Load(TensorEntry entry)
    {
        using var file = File.OpenRead(entry.File);
        var bytes = new byte[entry.Length];
        file.Position = entry.Offset;
        file.ReadExactly(bytes);
        var values = new double[entry.Shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            long rest = i;
            long position = 0;
            for (var axis = entry.Shape.Count - 1; axis >= 0; axis--)
            {
                position += rest % entry.Shape[axis] * entry.Strides[axis];
                rest /= entry.Shape[axis];
            }

            values[i] = Element(bytes, (int)position, entry.ElementType);
        }

        return values;
    }

    private static double Element(byte[] bytes, int position, TensorElementType type) => type switch
    {
        TensorElementType.Float32 => BitConverter.ToSingle(bytes, position * 4),
        TensorElementType.Float16 => (double)BitConverter.ToHalf(bytes, position * 2),
        _ => BitConverter.Int32BitsToSingle(BitConverter.ToUInt16(bytes, position * 2) << 16),
    };
}
