using System.Security.Cryptography;
using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Graph;

/// <summary>Puts a checkpoint's graph on disk, beside its weights: ONNX Runtime reads them only from the graph's folder.</summary>
/// <remarks>
/// Building takes milliseconds and is deterministic, so the file's content is its own key: it is written when it is
/// missing or differs, and reused otherwise. Where the checkpoint's folder is read-only, or its weights are symbolic
/// links (ONNX Runtime follows none out of the folder), a folder of the cache gets the graph and hard links to the
/// weights (copies where the cache lies on another volume).
/// </remarks>
internal static class EncoderGraphFile
{
    public const string Name = "jina-encoder-fp32.onnx";
    public const string Int8Name = "jina-encoder-int8.onnx";

    /// <summary>Returns whether a file is one that this library wrote, and no export to run.</summary>
    public static bool IsOwn(string path) => Path.GetFileName(path) is Name or Int8Name;

    /// <summary>Returns an up-to-date graph file.</summary>
    public static EncoderGraph Ensure(Checkpoint checkpoint, string cacheRoot)
    {
        var graph = T5EncoderGraph.Build(checkpoint, out var weights).ToByteArray();
        return new EncoderGraph(Place(checkpoint, graph, cacheRoot), weights);
    }

    /// <summary>Returns the folder of the cache for what is made from these weights.</summary>
    public static string FolderInCache(Checkpoint checkpoint, string cacheRoot) => FolderInCache(WeightFilesOf(checkpoint), cacheRoot);

    private static string Place(Checkpoint checkpoint, byte[] graph, string cacheRoot)
    {
        if (WeightFilesOf(checkpoint).Any(IsLink))
        {
            return EnsureInCache(checkpoint, graph, cacheRoot);
        }

        var beside = Path.Combine(checkpoint.Folder, NameOf(checkpoint));
        try
        {
            WriteIfChanged(beside, graph);
            return beside;
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            try
            {
                return EnsureInCache(checkpoint, graph, cacheRoot);
            }
            catch (Exception inner) when (IsWriteFailure(inner))
            {
                throw new JinaModelException(
                    checkpoint.Folder,
                    $"The model's graph can be written neither here ({e.Message}) nor in the cache {cacheRoot} ({inner.Message}). Make one of them writable, or name another cache folder with JINA_EMBEDDINGS_CACHE.",
                    inner);
            }
        }
    }

    /// <summary>Places graph and weights in the cache, for a folder that cannot be written.</summary>
    public static string EnsureInCache(Checkpoint checkpoint, byte[] graph, string cacheRoot)
    {
        var files = WeightFilesOf(checkpoint);
        var folder = FolderInCache(files, cacheRoot);
        foreach (var file in files)
        {
            var place = Path.Combine(folder, Path.GetRelativePath(checkpoint.Folder, file));
            if (!File.Exists(place))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                HardLink.CreateOrCopy(TargetOf(file), place);
            }
        }

        var path = Path.Combine(folder, NameOf(checkpoint));
        WriteIfChanged(path, graph);
        return path;
    }

    /// <summary>Returns where the graph lies or, if it was not made yet, where it is tried first. Writes nothing.</summary>
    public static string Locate(Checkpoint checkpoint, string cacheRoot)
    {
        var beside = Path.Combine(checkpoint.Folder, NameOf(checkpoint));
        if (File.Exists(beside) || !Directory.Exists(Path.Combine(cacheRoot, GeneratedFiles.FolderName)))
        {
            return beside;
        }

        var cached = Path.Combine(FolderInCache(checkpoint, cacheRoot), NameOf(checkpoint));
        return File.Exists(cached) ? cached : beside;
    }

    private static string NameOf(Checkpoint checkpoint) => checkpoint.Embedding.ElementType == TensorElementType.Int8 ? Int8Name : Name;

    private static bool IsWriteFailure(Exception e) => e is UnauthorizedAccessException or IOException;

    private static string[] WeightFilesOf(Checkpoint checkpoint) =>
        [.. checkpoint.Tensors.Values.Append(checkpoint.Pipeline.Dense).OfType<TensorEntry>().Select(t => t.File).Distinct().Order(StringComparer.Ordinal)];

    private static string FolderInCache(string[] weightFiles, string cacheRoot) => Path.Combine(cacheRoot, GeneratedFiles.FolderName, Identity(weightFiles));

    /// <summary>A name that changes with the weights. Sizes and times would not do: images set all times alike.</summary>
    private static string Identity(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static bool IsLink(string file) => File.ResolveLinkTarget(file, returnFinalTarget: false) is not null;

    private static string TargetOf(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;

    private static void WriteIfChanged(string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, content));
        }
    }
}
