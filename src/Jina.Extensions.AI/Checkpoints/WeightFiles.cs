using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Checkpoints.Torch;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Finds a folder's weight files, in the order of preference that transformers has.</summary>
internal static class WeightFiles
{
    private const string Safetensors = "model.safetensors";
    private const string Torch = "pytorch_model.bin";
    private const string Index = ".index.json";

    private static readonly string[] Preferred = [Safetensors, Safetensors + Index, Torch, Torch + Index];

    public static bool ExistIn(string folder) => Find(folder) is not null;

    /// <summary>Reads the directory of the folder's weights.</summary>
    public static TensorDirectory Open(string folder)
    {
        if (Find(folder) is { } path)
        {
            return path.EndsWith(Index, StringComparison.Ordinal) ? ShardIndex.Read(path, Read) : Read(path);
        }

        var found = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(30).ToArray();
        throw new JinaModelException(
            folder,
            $"the folder holds no weights; {Safetensors} or {Torch} is expected. "
            + $"Found: {(found.Length == 0 ? "nothing" : string.Join(", ", found))}. Download the model again.");
    }

    private static string? Find(string folder) => Preferred.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static TensorDirectory Read(string path)
    {
        using var file = CheckpointFile.Open(path);
        return path.EndsWith(".safetensors", StringComparison.Ordinal) ? SafetensorsFile.Read(file) : TorchFile.Read(file);
    }
}
