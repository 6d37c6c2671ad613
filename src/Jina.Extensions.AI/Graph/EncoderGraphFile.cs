using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Graph;

/// <summary>Puts a checkpoint's graph on disk, beside its weights: ONNX Runtime reads them only from the graph's folder.</summary>
/// <remarks>
/// Building takes milliseconds and is deterministic, so the file's content is its own key: it is written when it is
/// missing or differs, and reused otherwise. Where the checkpoint's folder is read-only, a folder of the cache gets
/// the graph and hard links to the weights (copies where the cache lies on another volume).
/// </remarks>
internal static class EncoderGraphFile
{
    public const string Name = "jina-encoder-fp32.onnx";

    /// <summary>Returns the path of an up-to-date graph file.</summary>
    public static string Ensure(Checkpoint checkpoint, string cacheRoot)
    {
        var graph = T5EncoderGraph.Build(checkpoint).ToByteArray();
        var beside = Path.Combine(checkpoint.Folder, Name);
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
                HardLink.CreateOrCopy(file, place);
            }
        }

        var path = Path.Combine(folder, Name);
        WriteIfChanged(path, graph);
        return path;
    }

    /// <summary>Returns where the graph lies or, if it was not made yet, where it is tried first. Writes nothing.</summary>
    public static string Locate(Checkpoint checkpoint, string cacheRoot)
    {
        var beside = Path.Combine(checkpoint.Folder, Name);
        var cached = Path.Combine(FolderInCache(WeightFilesOf(checkpoint), cacheRoot), Name);
        return !File.Exists(beside) && File.Exists(cached) ? cached : beside;
    }

    private static bool IsWriteFailure(Exception e) => e is UnauthorizedAccessException or IOException;

    private static string[] WeightFilesOf(Checkpoint checkpoint) =>
        [.. checkpoint.Tensors.Values.Append(checkpoint.Pipeline.Dense).OfType<TensorEntry>().Select(t => t.File).Distinct().Order(StringComparer.Ordinal)];

    private static string FolderInCache(string[] weightFiles, string cacheRoot) => Path.Combine(cacheRoot, "graphs", Identity(weightFiles));

    /// <summary>A name that changes with the weights: their paths, sizes and times.</summary>
    private static string Identity(IEnumerable<string> files)
    {
        var text = string.Join('\n', files.Select(file => new FileInfo(file)).Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    private static void WriteIfChanged(string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, content));
        }
    }
}
