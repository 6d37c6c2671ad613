using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Torch;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints.Weights;

/// <summary>Finds and reads the weight files of a folder, in the order of preference of transformers.</summary>
internal static class WeightFiles
{
    private static readonly string[] Preferred =
    [
        ModelFileNames.Safetensors,
        ModelFileNames.Safetensors + ModelFileNames.IndexSuffix,
        ModelFileNames.Torch,
        ModelFileNames.Torch + ModelFileNames.IndexSuffix,
    ];

    public static bool ExistIn(string folder) => Find(folder) is not null;

    /// <summary>Reads the headers of a folder's weights.</summary>
    public static TensorDirectory Open(string folder)
    {
        if (Find(folder) is { } path)
        {
            return path.EndsWith(ModelFileNames.IndexSuffix, StringComparison.Ordinal) ? ShardIndex.Read(path, Read) : Read(path);
        }

        var found = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(30).ToArray();
        throw new JinaModelException(
            folder,
            $"The folder has no weights; {ModelFileNames.Safetensors} or {ModelFileNames.Torch} is expected. "
            + $"Found: {(found.Length == 0 ? "nothing" : string.Join(", ", found))}. Download the model again.");
    }

    private static string? Find(string folder) => Preferred.Select(name => Path.Combine(folder, name)).FirstOrDefault(RegularFile.IsPresent);

    private static TensorDirectory Read(string path)
    {
        using var file = BoundedFile.Open(path);
        return path.EndsWith(".safetensors", StringComparison.Ordinal) ? SafetensorsFile.Read(file) : TorchFile.Read(file);
    }
}
