using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;

namespace Jina.Extensions.AI.Loading;

/// <summary>Opens the tokenizer of a model's folder with the settings that the folder and the options give.</summary>
internal static class ModelTokenizer
{
    private const int MostExtraIds = 100_000;

    public static T5Tokenizer Open(string folder, JinaEmbeddingOptions options)
    {
        var limit = TokenLimit.Read(folder, JsonFile.OpenIfPresent(Path.Combine(folder, Checkpoint.ConfigName)));
        var settings = new T5TokenizerOptions
        {
            MaxTokens = TokenBudget.Of(options, limit, folder),
            SpecialTokensAsText = options.SpecialTokensAsText,
        };
        settings.ExtraIds = ReadExtraIds(folder) ?? settings.ExtraIds;
        return T5Tokenizer.Create(Path.Combine(folder, "spiece.model"), settings);
    }

    private static int? ReadExtraIds(string folder)
    {
        var config = JsonFile.OpenIfPresent(Path.Combine(folder, "tokenizer_config.json"));
        return config?.Number("extra_ids") switch
        {
            null => null,
            >= 0 and <= MostExtraIds and var count when double.IsInteger(count) => (int)count,
            var other => throw new JinaModelException(
                config.Path, $"extra_ids is {other}; a whole number from 0 to {MostExtraIds} is expected (T5 has 100). Correct the file or download it again."),
        };
    }
}
