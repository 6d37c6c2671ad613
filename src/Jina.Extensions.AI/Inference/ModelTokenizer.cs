using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Inference;

/// <summary>Opens the tokenizer of a model's folder with the settings that the folder and the options give.</summary>
internal static class ModelTokenizer
{
    public static T5Tokenizer Open(string folder, JinaEmbeddingOptions options)
    {
        var path = Path.Combine(folder, "spiece.model");
        if (!File.Exists(path))
        {
            throw new JinaModelException(
                path, "This file is missing, so the model cannot read text. Expected the SentencePiece model that the checkpoint was trained with; copy it here.");
        }

        var settings = new T5TokenizerOptions
        {
            MaxTokens = options.MaxTokens ?? TokenLimit.Read(folder, JsonFile.OpenIfPresent(Path.Combine(folder, Checkpoint.ConfigName))),
            SpecialTokensAsText = options.SpecialTokensAsText,
        };
        settings.ExtraIds = (int?)JsonFile.OpenIfPresent(Path.Combine(folder, "tokenizer_config.json"))?.Number("extra_ids") ?? settings.ExtraIds;
        return T5Tokenizer.Create(path, settings);
    }
}
