using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Loading;

/// <summary>Represents a model that is ready to run.</summary>
/// <param name="Location">The absolute path of the model directory.</param>
/// <param name="Tokenizer">The tokenizer, whose IDs all have a row in the embedding table.</param>
/// <param name="Runner">The runner of the model's micro-batches.</param>
/// <param name="AlwaysUnitLength">Whether the checkpoint itself scales its vectors to unit length, regardless of the options.</param>
internal sealed record LoadedModel(string Location, T5Tokenizer Tokenizer, InferenceRunner Runner, bool AlwaysUnitLength)
{
    /// <summary>Gets the most tokens of a text.</summary>
    public int MaxTokens => Tokenizer.MaxTokens;

    /// <exception cref="JinaModelException">The tokenizer produces IDs that the embedding table has no rows for.</exception>
    public static LoadedModel Create(ModelDirectory directory, T5Tokenizer tokenizer, InferenceRunner runner)
    {
        if (directory.Checkpoint?.Config.VocabularySize is { } rows && tokenizer.VocabularySize > rows)
        {
            throw new JinaModelException(
                directory.Location,
                $"{ModelFileNames.SentencePiece} produces {tokenizer.VocabularySize} IDs (extra IDs included), but the embedding table "
                + $"has {rows} rows. "
                + $"Use files of the same revision of the model, or set extra_ids in {ModelFileNames.TokenizerConfig}.");
        }

        return new LoadedModel(directory.Location, tokenizer, runner, directory.Pipeline.Normalize);
    }
}
