using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Inference;

/// <summary>Opens the tokenizer of a model's folder with the settings that the folder and the options give.</summary>
internal static class ModelTokenizer
{
    public static T5Tokenizer Open(string folder, JinaEmbeddingOptions options)
    {
        var path = Path.Combine(folder, "spiece.model");
        return File.Exists(path)
            ? T5Tokenizer.Create(path, new T5TokenizerOptions
            {
                MaxTokens = options.MaxTokens ?? TokenLimit.Read(folder, JsonFile.OpenIfPresent(Path.Combine(folder, "config.json"))),
                SpecialTokensAsText = options.SpecialTokensAsText,
            })
            : throw new JinaModelException(
                path, "This file is missing, so the model cannot read text. Expected the SentencePiece model that the checkpoint was trained with; copy it here.");
    }
}
