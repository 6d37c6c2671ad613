using System.Text;

namespace Jina.RandomCheckpoints;

/// <summary>Writes state dicts in the zip format of torch.save.</summary>
public static class TorchZipWriter
{
    /// <summary>Writes a file with one storage for each weight.</summary>
    public static void Write(string path, IReadOnlyList<RandomWeight> weights, CancellationToken cancellationToken = default)
    {
        var pickle = new PickleWriter().Op("}").Op("(");
        for (var i = 0; i < weights.Count; i++)
        {
            var shape = Array.ConvertAll(weights[i].Shape, length => (long)length);
            pickle.Text(weights[i].Name).Tensor($"{i}", StorageName(weights[i].Type), weights[i].Count, 0, shape, RowMajor(shape));
        }

        Write(path, pickle.Op("u").ToArray(), weights.Select((weight, i) => ($"{i}", weight.Length, weight.Chunks(cancellationToken))));
    }

    /// <summary>Writes a file of any pickle and storages, in the layout of torch.save.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="pickle">The content of data.pkl.</param>
    /// <param name="storages">The key, size in bytes and content of each storage.</param>
    /// <param name="zip64">Whether to write zip64 records even if no size is over 4 GB.</param>
    public static void Write(
        string path,
        byte[] pickle,
        IEnumerable<(string Key, long Length, IEnumerable<ReadOnlyMemory<byte>> Chunks)> storages,
        bool zip64 = false)
    {
        using var file = File.Create(path);
        using var zip = new StoredZipWriter(file) { Zip64 = zip64 };
        zip.Add("archive/data.pkl", pickle);
        zip.Add("archive/byteorder", Encoding.ASCII.GetBytes("little"));
        foreach (var (key, length, chunks) in storages)
        {
            zip.Add($"archive/data/{key}", length, chunks);
        }

        zip.Add("archive/version", Encoding.ASCII.GetBytes("3\n"));
    }

    private static string StorageName(WeightType type) => type switch
    {
        WeightType.F16 => "HalfStorage",
        WeightType.BF16 => "BFloat16Storage",
        _ => "FloatStorage",
    };

    private static long[] RowMajor(long[] shape)
    {
        var strides = new long[shape.Length];
        for (var (axis, step) = (shape.Length - 1, 1L); axis >= 0; step *= shape[axis--])
        {
            strides[axis] = step;
        }

        return strides;
    }
}
