using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>
/// Generates a checkpoint's int8 weights once, and keeps them beside the published ones or, if that folder is read-only, in the cache.
/// </summary>
internal static class Int8Checkpoint
{
    /// <summary>The version of the file. It is raised when the values or the layout change for the same weights.</summary>
    private const string Version = "2";

    private const string SourceKey = "source";
    private const string VersionKey = "jina_int8";

    /// <summary>Returns the int8 form of a checkpoint. It is generated first if it is missing or belongs to other weights.</summary>
    /// <param name="checkpoint">The published checkpoint.</param>
    /// <param name="cacheRoot">The cache folder.</param>
    /// <param name="progress">The progress reporter. If <see langword="null"/>, progress is not reported.</param>
    /// <exception cref="JinaModelException">A weight is not finite, or the file cannot be written.</exception>
    public static Checkpoint Ensure(Checkpoint checkpoint, string cacheRoot, IProgress<WeightQuantizationProgress>? progress)
    {
        var source = WeightFingerprint.Compute(checkpoint);
        string[] folders = [checkpoint.Folder, Path.Combine(cacheRoot, ModelFileNames.GeneratedFolder, source[..32])];
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
                writer.Write(Path.Combine(folder, ModelFileNames.Int8Weights));
                return TryOpen(checkpoint, folder, writer)!;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not JinaModelException)
            {
                failures.Add(e);
            }
        }

        throw new JinaModelException(
            checkpoint.Folder,
            $"The int8 weights cannot be written here ({failures[0].Message}) or in the cache {folders[1]} ({failures[1].Message}). "
            + "Free some space, make one of them writable, or name another cache folder in JINA_EMBEDDINGS_CACHE.",
            failures[1]);
    }

    private static Checkpoint? TryOpen(Checkpoint checkpoint, string folder, Int8FileWriter writer)
    {
        var path = Path.Combine(folder, ModelFileNames.Int8Weights);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = BoundedFile.Open(path);
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
            // An unreadable file is generated again from the weights of the checkpoint.
            return null;
        }
    }
}
