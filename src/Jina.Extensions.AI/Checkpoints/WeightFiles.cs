namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Finds a folder's weight files, in the order of preference that transformers has.</summary>
internal static class WeightFiles
{
    private const string Safetensors = "model.safetensors";
    private const string Torch = "pytorch_model.bin";
    private const string IndexSuffix = ".index.json";

    public static bool ExistIn(string folder) => new[] { Safetensors, Torch }
        .SelectMany(name => new[] { name, name + IndexSuffix })
        .Any(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Reads the directory of the folder's weights.</summary>
    public static TensorDirectory Open(string folder)
    {
        foreach (var name in (string[])[Safetensors, Torch])
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return Read(path);
            }

            if (File.Exists(path + IndexSuffix))
            {
                return ShardIndex.Read(path + IndexSuffix, Read);
            }
        }

        var found = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(30).ToArray();
        throw new JinaModelException(
            folder,
            $"the folder holds no weights; {Safetensors} or {Torch} is expected. "
            + $"Found: {(found.Length == 0 ? "nothing" : string.Join(", ", found))}. Download the model again.");
    }

    private static TensorDirectory Read(string path)
    {
        using var file = ModelFile.Open(path);
        return path.EndsWith(".safetensors", StringComparison.Ordinal) ? SafetensorsFile.Read(file) : TorchFile.Read(file);
    }
}
