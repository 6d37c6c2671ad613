namespace Jina.Extensions.AI.Models;

/// <summary>
/// Lists the files of a repository that make up a model. The list is fixed, so a name sent by a server never becomes a path.
/// </summary>
internal static class ModelFiles
{
    /// <summary>The largest small file. The largest real one, the tokenizer.json of mt5, has about 16 MB.</summary>
    private const long MaximumSmallFile = 32L << 20;

    /// <summary>The largest file of weights. The whole T5 with 11 billion parameters has 45 GB in fp32.</summary>
    private const long MaximumWeights = 64L << 30;

    /// <summary>The configuration of sentence-t5's Dense module.</summary>
    public const string DenseConfig = "2_Dense/" + ModelFileNames.Config;

    /// <summary>The small files without which a model is not complete.</summary>
    private static readonly string[] Required = [ModelFileNames.Config, ModelFileNames.SentencePiece];

    /// <summary>Gets the paths of the small files. Each is downloaded if the repository has it.</summary>
    public static IReadOnlyList<string> Small { get; } =
    [
        .. Required,
        ModelFileNames.Modules,
        "1_Pooling/" + ModelFileNames.Config,
        DenseConfig,
        ModelFileNames.SentenceBertConfig,
        "tokenizer.json",
        ModelFileNames.TokenizerConfig,
        "special_tokens_map.json",
        "added_tokens.json",
    ];

    /// <summary>Gets the paths of the encoder's weights in order of preference. The first that the repository has is used.</summary>
    public static IReadOnlyList<string> Weights { get; } = [ModelFileNames.Safetensors, ModelFileNames.Torch];

    /// <summary>Gets the paths of the Dense module's weights in order of preference. Only some models have a Dense module.</summary>
    public static IReadOnlyList<string> DenseWeights { get; } = [.. Weights.Select(name => "2_Dense/" + name)];

    /// <summary>Gets the paths of all files that a model can have.</summary>
    public static IEnumerable<string> All => [.. Small, .. Weights, .. DenseWeights];

    /// <summary>Returns the largest size in bytes that a file of a model can have.</summary>
    public static long MaximumSize(string path) => Small.Contains(path) ? MaximumSmallFile : MaximumWeights;

    /// <summary>Returns the required files that are missing: the required small files, and weights in either format.</summary>
    public static IReadOnlyList<string> FindMissing(Func<string, bool> exists)
    {
        var missing = Required.Where(path => !exists(path)).ToList();
        if (!Weights.Any(exists))
        {
            missing.Add(string.Join(" or ", Weights));
        }

        return missing;
    }

    /// <summary>Returns the files to use of those that exist: all small files, and weights in the preferred format.</summary>
    public static IEnumerable<string> Choose(Func<string, bool> exists) =>
        [.. Small.Where(exists), .. Weights.Where(exists).Take(1), .. DenseWeights.Where(exists).Take(1)];
}
