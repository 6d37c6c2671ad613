using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI;

/// <summary>Represents the contents of a model directory and the graph that runs, read from names and headers only.</summary>
public sealed class JinaModelInfo
{
    private JinaModelInfo(ModelDirectory directory, string graphPath)
    {
        DirectoryPath = directory.Location;
        Architecture = directory.Checkpoint is { } checkpoint ? Describe(checkpoint.Config) : "ONNX export";
        WeightType = directory.Checkpoint?.Embedding.ElementType switch
        {
            TensorElementType.Float32 => "fp32",
            TensorElementType.Float16 => "fp16",
            TensorElementType.BFloat16 => "bf16",
            _ => null,
        };
        Dimensions = directory.Dimensions;
        MaxTokens = directory.Pipeline.MaxTokens;
        Normalizes = directory.Pipeline.Normalize;
        GraphPath = graphPath;
        Files = [.. directory.ListFiles()];
    }

    /// <summary>Gets the absolute path of the model directory.</summary>
    public string DirectoryPath { get; }

    /// <summary>Gets a description of the encoder's kind and sizes, for display.</summary>
    public string Architecture { get; }

    /// <summary>
    /// Gets the stored type of the token embeddings: <c>fp32</c>, <c>fp16</c> or <c>bf16</c>. It is <see langword="null"/> for an ONNX
    /// export.
    /// </summary>
    public string? WeightType { get; }

    /// <summary>
    /// Gets the length of the vectors. It is <see langword="null"/> for an ONNX export, whose length is known only after loading.
    /// </summary>
    public int? Dimensions { get; }

    /// <summary>
    /// Gets the most tokens of a text, <c>&lt;/s&gt;</c> included, unless <see cref="JinaEmbeddingOptions.MaxTokens"/> is set.
    /// </summary>
    public int MaxTokens { get; }

    /// <summary>Gets a value indicating whether the model has a Normalize module, so that its vectors always have unit length.</summary>
    public bool Normalizes { get; }

    /// <summary>Gets a value indicating whether the directory has the <c>spiece.model</c> that tokenizes texts.</summary>
    public bool HasTokenizer => Files.Contains(ModelFileNames.SentencePiece);

    /// <summary>
    /// Gets the absolute path of the ONNX graph that runs. If <see cref="GraphExists"/> is <see langword="false"/>, the first load writes
    /// it there, beside the weights, or in the cache if the directory is read-only.
    /// </summary>
    public string GraphPath { get; }

    /// <summary>Gets a value indicating whether the graph is on disk.</summary>
    public bool GraphExists => File.Exists(GraphPath);

    /// <summary>Gets the files that are read, as paths inside <see cref="DirectoryPath"/> with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Reads a model directory. No model is loaded, and no file is written or downloaded.</summary>
    /// <param name="directoryPath">The model directory, in Hugging Face layout.</param>
    /// <param name="cacheDirectory">
    /// The cache folder. If <see langword="null"/>, the default of <see cref="ModelStoreOptions.CacheDirectory"/> is used.
    /// </param>
    /// <returns>The description of the directory.</returns>
    /// <exception cref="ArgumentException"><paramref name="directoryPath"/> is null, empty or white space.</exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged, or of a kind that this library does not support.
    /// </exception>
    public static JinaModelInfo Read(string directoryPath, string? cacheDirectory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directoryPath);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directoryPath));
        if (!Directory.Exists(path))
        {
            throw AcquisitionErrors.DirectoryMissing(path);
        }

        var directory = new ModelDirectory(path);
        var store = new ModelStore(new ModelStoreOptions { CacheDirectory = cacheDirectory });
        return new JinaModelInfo(directory, directory.LocateGraph(store.CacheDirectory));
    }

    private static string Describe(T5Config config) =>
        $"T5 encoder, {config.LayerCount} layers of width {config.HiddenSize}, {config.HeadCount} heads of {config.HeadSize}, "
        + $"{(config.GatedGelu ? "gated GELU" : "ReLU")} feed-forward of {config.FeedForwardSize}, vocabulary of {config.VocabularySize}";
}
