namespace Jina.Extensions.AI.Models;

/// <summary>
/// The files that make up a model. The list is fixed here, so that no name sent by a server ever becomes a path.
/// </summary>
internal static class ModelFiles
{
    /// <summary>Gets the small files, each wanted if the repository has it. 2_Dense is sentence-t5's.</summary>
    public static IReadOnlyList<ModelFile> Small { get; } =
    [
        new("config.json", Required: true),
        new("spiece.model", Required: true),
        new("modules.json"),
        new("1_Pooling/config.json"),
        new("2_Dense/config.json"),
        new("sentence_bert_config.json"),
        new("tokenizer.json"),
        new("tokenizer_config.json"),
        new("special_tokens_map.json"),
        new("added_tokens.json"),
    ];

    /// <summary>Gets the encoder's weights in order of preference: the first that the repository has is taken.</summary>
    public static IReadOnlyList<string> Weights { get; } = ["model.safetensors", "pytorch_model.bin"];

    /// <summary>Gets the Dense module's weights in order of preference; only some models have any.</summary>
    public static IReadOnlyList<string> DenseWeights { get; } = ["2_Dense/model.safetensors", "2_Dense/pytorch_model.bin"];

    /// <summary>Says whether a path is one of a model's.</summary>
    public static bool IsKnown(string path) =>
        Small.Any(file => file.Path == path) || Weights.Contains(path) || DenseWeights.Contains(path);

    /// <summary>Lists what is missing where only some files exist: the required ones, and weights of either kind.</summary>
    public static IReadOnlyList<string> MissingFrom(Func<string, bool> exists)
    {
        var missing = Small.Where(file => file.Required && !exists(file.Path)).Select(file => file.Path).ToList();
        if (!Weights.Any(exists))
        {
            missing.Add(string.Join(" or ", Weights));
        }

        return missing;
    }

    /// <summary>Lists the files to take where these exist: all small ones, and the preferred form of the weights.</summary>
    public static IEnumerable<string> ChosenFrom(Func<string, bool> exists) =>
    [
        .. Small.Select(file => file.Path).Where(exists),
        .. Weights.Where(exists).Take(1),
        .. DenseWeights.Where(exists).Take(1),
    ];
}
