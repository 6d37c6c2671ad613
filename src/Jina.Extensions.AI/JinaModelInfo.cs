using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI;

/// <summary>What a model's folder holds and what would run, told from names and headers alone.</summary>
public sealed class JinaModelInfo
{
    private JinaModelInfo(string folder, ModelFolder contents, string graphPath)
    {
        DirectoryPath = folder;
        Architecture = contents.Checkpoint is { } checkpoint ? Describe(checkpoint.Config) : "ONNX export";
        WeightType = contents.Checkpoint?.Tensors[T5WeightNames.Embedding].ElementType switch
        {
            TensorElementType.Float32 => "fp32",
            TensorElementType.Float16 => "fp16",
            TensorElementType.BFloat16 => "bf16",
            _ => null,
        };
        Dimensions = contents.Dimensions;
        MaxTokens = contents.Pipeline.MaxTokens;
        Normalizes = contents.Pipeline.Normalize;
        GraphPath = graphPath;
        Files = [.. FilesOf(folder, contents)];
    }

    /// <summary>Gets the absolute path of the folder.</summary>
    public string DirectoryPath { get; }

    /// <summary>Gets the encoder's kind and sizes in words, for people.</summary>
    public string Architecture { get; }

    /// <summary>Gets the stored type of the token embedding, <c>fp32</c>, <c>fp16</c> or <c>bf16</c>; null for an ONNX export.</summary>
    public string? WeightType { get; }

    /// <summary>Gets the length of the vectors; null for an ONNX export, which tells it only once it is loaded.</summary>
    public int? Dimensions { get; }

    /// <summary>Gets the most tokens of a text, <c>&lt;/s&gt;</c> included.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets whether the model has a Normalize module of its own, so that its vectors always have unit length.</summary>
    public bool Normalizes { get; }

    /// <summary>Gets whether the folder holds the <c>spiece.model</c> that text is read with.</summary>
    public bool HasTokenizer => Files.Contains("spiece.model");

    /// <summary>
    /// Gets the absolute path of the ONNX graph that runs. Where <see cref="GraphExists"/> is false, it is the place
    /// beside the weights where the first load writes it, or in the cache if the folder is read-only.
    /// </summary>
    public string GraphPath { get; }

    /// <summary>Gets whether the graph is on disk already.</summary>
    public bool GraphExists => File.Exists(GraphPath);

    /// <summary>Gets the files that are read, as paths inside <see cref="DirectoryPath"/> with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Reads a model's folder; nothing is loaded, written or downloaded.</summary>
    /// <param name="folder">The folder, in Hugging Face layout.</param>
    /// <param name="cacheDirectory">The cache folder; null for the default of <see cref="ModelStoreOptions.CacheDirectory"/>.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null, empty or blank.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public static JinaModelInfo Read(string folder, string? cacheDirectory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var contents = Directory.Exists(folder)
            ? ModelFolder.Open(folder, preferOnnxExport: false)
            : throw MissingModel.OfDirectory(folder);
        var graph = contents.ExportPath ?? EncoderGraphFile.Locate(contents.Checkpoint!, ModelCache.Root(cacheDirectory));
        return new JinaModelInfo(folder, contents, graph);
    }

    private static string Describe(T5Config config) =>
        $"T5 encoder, {config.LayerCount} layers of width {config.HiddenSize}, {config.HeadCount} heads of {config.HeadSize}, "
        + $"{(config.GatedGelu ? "gated GELU" : "ReLU")} feed-forward of {config.FeedForwardSize}, vocabulary of {config.VocabularySize}";

    private static IEnumerable<string> FilesOf(string folder, ModelFolder contents)
    {
        var weights = contents.Checkpoint is { } checkpoint
            ? checkpoint.Tensors.Values.Append(contents.Pipeline.Dense).OfType<TensorEntry>().Select(tensor => tensor.File).Distinct().Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[contents.ExportPath!];
        return ModelFiles.Small.Select(file => file.Path)
            .Where(file => File.Exists(Path.Combine(folder, file)))
            .Concat(weights.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')));
    }
}
