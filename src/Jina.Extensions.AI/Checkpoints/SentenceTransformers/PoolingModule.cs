using System.Text.Json;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Checks that a Pooling module computes the mean, the only pooling that this library supports.</summary>
internal static class PoolingModule
{
    private const string ModePrefix = "pooling_mode_";
    private const string Mean = "pooling_mode_mean_tokens";

    public static void RequireMean(string folder, int? hiddenSize)
    {
        var config = JsonFile.Open(Path.Combine(folder, ModelFileNames.Config));
        foreach (var other in config.Root.EnumerateObject()
            .Where(
                p => p.Name.StartsWith(ModePrefix, StringComparison.Ordinal) && p.Name != Mean && p.Value.ValueKind != JsonValueKind.False))
        {
            throw OtherMode(config, $"{PrintableText.Name(other.Name)} is {PrintableText.Name(other.Value.GetRawText())}");
        }

        if (config.Flag(Mean) == false)
        {
            throw OtherMode(config, $"{Mean} is false");
        }

        if (config.Text("pooling_mode") is { } mode and not "mean")
        {
            throw OtherMode(config, $"pooling_mode is '{PrintableText.Name(mode)}'");
        }

        if (config.PositiveInteger("word_embedding_dimension") is { } width && hiddenSize is not null && width != hiddenSize)
        {
            throw new JinaModelException(
                config.Path,
                $"word_embedding_dimension is {width}, but the encoder's d_model is {hiddenSize}. Use files of the same revision of the "
                + "model.");
        }
    }

    private static JinaModelException OtherMode(JsonFile config, string found) =>
        new(config.Path, $"{found}; mean pooling alone ({Mean} true) is supported. Choose another model.");
}
