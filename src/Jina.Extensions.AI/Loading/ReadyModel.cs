namespace Jina.Extensions.AI.Loading;

/// <summary>A model and the tokenizer that fits it.</summary>
internal sealed record ReadyModel(T5Tokenizer Tokenizer, LoadedModel Model)
{
    /// <exception cref="JinaModelException">The tokenizer makes ids that the model has no rows for.</exception>
    public static ReadyModel Of(T5Tokenizer tokenizer, LoadedModel model, string folder) =>
        tokenizer.VocabularySize <= (model.VocabularySize ?? int.MaxValue) ? new ReadyModel(tokenizer, model) : throw new JinaModelException(
            folder,
            $"spiece.model makes {tokenizer.VocabularySize} ids (extra ids included), but the embedding table has {model.VocabularySize} rows. Take both from the same revision of the model, or set extra_ids in tokenizer_config.json.");
}
