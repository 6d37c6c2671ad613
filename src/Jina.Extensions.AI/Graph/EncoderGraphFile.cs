using System.Security.Cryptography;
using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Graph;

/// <summary>
/// Writes a checkpoint's graph beside its weights, because ONNX Runtime reads weights only from below the graph's folder.
/// </summary>
/// <remarks>
/// Building takes milliseconds and is deterministic. So the graph is built at every load, and written only if the file is missing or
/// has other content. ONNX Runtime does not follow symbolic links out of the folder. So if the weights are symbolic links, or the model
/// directory is read-only, a folder of the cache has the graph and hard links to the weights (or copies on another volume).
/// </remarks>
internal static class EncoderGraphFile
{
    /// <summary>Returns an up-to-date graph file. The graph for tokens is written beside the graph for texts if that is possible.</summary>
    public static EncoderGraph Ensure(Checkpoint checkpoint, string cacheRoot, EncoderOutput output = EncoderOutput.Texts)
    {
        var graph = T5EncoderGraph.Build(checkpoint, out var weights, output).ToByteArray();
        var path = Place(checkpoint, graph, cacheRoot, output);
        return new EncoderGraph(path, weights)
        {
            Tokens = output == EncoderOutput.Texts ? TryWriteTokens(checkpoint, Path.GetDirectoryName(path)!) : null,
        };
    }

    /// <summary>
    /// Writes the graph for tokens before it is needed. Later, the folder can be read-only, and the search for a place in the cache reads
    /// all weights. Returns <see langword="null"/> if the file cannot be written, because many models never need it.
    /// </summary>
    private static EncoderGraph? TryWriteTokens(Checkpoint checkpoint, string folder)
    {
        var path = Path.Combine(folder, NameOf(checkpoint, EncoderOutput.Tokens));
        var graph = T5EncoderGraph.Build(checkpoint, out var weights, EncoderOutput.Tokens).ToByteArray();
        try
        {
            WriteIfChanged(path, graph);
            return new EncoderGraph(path, weights);
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            return null;
        }
    }

    private static string Place(Checkpoint checkpoint, byte[] graph, string cacheRoot, EncoderOutput output)
    {
        if (checkpoint.WeightFiles.Any(IsLink))
        {
            return EnsureInCache(checkpoint, graph, cacheRoot, output);
        }

        var beside = Path.Combine(checkpoint.Folder, NameOf(checkpoint, output));
        try
        {
            WriteIfChanged(beside, graph);
            return beside;
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            try
            {
                return EnsureInCache(checkpoint, graph, cacheRoot, output);
            }
            catch (Exception inner) when (IsWriteFailure(inner))
            {
                throw new JinaModelException(
                    checkpoint.Folder,
                    $"The model's graph cannot be written here ({e.Message}) or in the cache {cacheRoot} ({inner.Message}). "
                    + "Make one of them writable, or name another cache folder in JINA_EMBEDDINGS_CACHE.",
                    inner);
            }
        }
    }

    /// <summary>Places the graph and the weights in the cache, for a model directory that cannot be written.</summary>
    public static string EnsureInCache(
        Checkpoint checkpoint, byte[] graph, string cacheRoot, EncoderOutput output = EncoderOutput.Texts)
    {
        var folder = FolderInCache(checkpoint, cacheRoot);
        foreach (var file in checkpoint.WeightFiles)
        {
            var place = Path.Combine(folder, Path.GetRelativePath(checkpoint.Folder, file));
            if (!RegularFile.Exists(place))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                HardLink.CreateOrCopy(TargetOf(file), place);
            }
        }

        var path = Path.Combine(folder, NameOf(checkpoint, output));
        WriteIfChanged(path, graph);
        return path;
    }

    /// <summary>
    /// Returns the path of the graph for texts or, if it does not exist yet, the path that is tried first. Writes nothing.
    /// </summary>
    public static string Locate(Checkpoint checkpoint, string cacheRoot)
    {
        var beside = Path.Combine(checkpoint.Folder, NameOf(checkpoint, EncoderOutput.Texts));
        if (File.Exists(beside) || !Directory.Exists(Path.Combine(cacheRoot, ModelFileNames.GeneratedFolder)))
        {
            return beside;
        }

        var cached = Path.Combine(FolderInCache(checkpoint, cacheRoot), NameOf(checkpoint, EncoderOutput.Texts));
        return File.Exists(cached) ? cached : beside;
    }

    private static string NameOf(Checkpoint checkpoint, EncoderOutput output) =>
        (checkpoint.Embedding.ElementType == TensorElementType.Int8, output) switch
        {
            (false, EncoderOutput.Texts) => ModelFileNames.Fp32Graph,
            (false, _) => ModelFileNames.Fp32TokenGraph,
            (true, EncoderOutput.Texts) => ModelFileNames.Int8Graph,
            (true, _) => ModelFileNames.Int8TokenGraph,
        };

    private static bool IsWriteFailure(Exception e) => e is UnauthorizedAccessException or IOException;

    private static string FolderInCache(Checkpoint checkpoint, string cacheRoot) =>
        Path.Combine(cacheRoot, ModelFileNames.GeneratedFolder, HashFiles(checkpoint.WeightFiles));

    /// <summary>
    /// Returns a name that changes with the weights. Sizes and times are not enough, because container images set all times to one value.
    /// </summary>
    private static string HashFiles(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            RegularFile.Require(file);
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static bool IsLink(string file) => File.ResolveLinkTarget(file, returnFinalTarget: false) is not null;

    private static string TargetOf(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;

    private static void WriteIfChanged(string path, byte[] content)
    {
        if (!RegularFile.Exists(path)
            || RegularFile.Require(path) != content.Length
            || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, content));
        }
    }
}
