using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>A checkpoint's weights in int8: made once, kept beside the published ones or, where that folder is read-only, in the cache.</summary>
internal static class Int8Checkpoint
{
    public const string FileName = "jina-encoder-int8.safetensors";

    /// <summary>Raised when the same weights are quantized to other values, or laid out otherwise.</summary>
    private const string Version = "1";

    private const string SourceKey = "source";
    private const string VersionKey = "jina_int8";

    /// <summary>Returns the int8 form of a checkpoint, made first where it is not there or belongs to other weights.</summary>
    /// <param name="checkpoint">The published checkpoint.</param>
    /// <param name="cacheRoot">The cache.</param>
    /// <param name="progress">Who is told how far it is; null for nobody.</param>
    /// <exception cref="JinaModelException">A weight is not finite, or the file can be written nowhere.</exception>
    public static Checkpoint Ensure(Checkpoint checkpoint, string cacheRoot, IProgress<WeightQuantizationProgress>? progress)
    {
        var source = WeightFingerprint.Of(checkpoint);
        string[] folders = [checkpoint.Folder, Path.Combine(cacheRoot, GeneratedFiles.FolderName, source[..32])];
        using var writer = new Int8FileWriter(checkpoint, [new(VersionKey, Version), new(SourceKey, source)], progress);
        return folders.Select(folder => TryOpen(checkpoint, folder, writer)).FirstOrDefault(found => found is not null)
            ?? Create(checkpoint, folders, writer);
    }

    private static Checkpoint Create(Checkpoint checkpoint, string[] folders, Int8FileWriter writer)
    {
        var failures = new List<Exception>();
        foreach (var folder in folders)
        {
            try
            {
                Directory.CreateDirectory(folder);
                writer.Write(Path.Combine(folder, FileName));
                return TryOpen(checkpoint, folder, writer)!;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not JinaModelException)
            {
                failures.Add(e);
            }
        }

        throw new JinaModelException(
            checkpoint.Folder,
            $"The int8 weights can be written neither here ({failures[0].Message}) nor in the cache {folders[1]} ({failures[1].Message}). Make room or make one of them writable, or name another cache folder with JINA_EMBEDDINGS_CACHE.",
            failures[1]);
    }

    private static Checkpoint? TryOpen(Checkpoint checkpoint, string folder, Int8FileWriter writer)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = CheckpointFile.Open(path);
            if (!writer.IsWritten(file))
            {
                return null;
            }

            var tensors = SafetensorsFile.Read(file, int8: true).Tensors;
            return checkpoint with
            {
                Folder = folder,
                Tensors = tensors,
                Pipeline = checkpoint.Pipeline with { Dense = tensors.GetValueOrDefault(Int8WeightNames.Dense) },
            };
        }
        catch (JinaModelException)
        {
            // It cannot be read: made again from the weights that are here.
            return null;
        }
    }
}
