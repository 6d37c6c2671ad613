using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>Recognizes T5 encoders among the models that a Hugging Face repository can contain.</summary>
internal static class T5Architecture
{
    /// <summary>Rejects a config.json that names another architecture.</summary>
    public static void RejectOthers(JsonFile config)
    {
        // umt5 and longt5 are not accepted, because their attention biases differ.
        if (config.Text("model_type") is { } type and not ("t5" or "mt5"))
        {
            throw new JinaModelException(
                config.Path,
                $"The architecture is {Describe(config)} (model_type '{type}'); a T5 encoder (model_type 't5') is expected. Choose "
                + "another model.");
        }
    }

    /// <summary>Returns the weights under the names of <see cref="T5WeightNames"/>, without the prefix that the file gives them.</summary>
    public static TensorDirectory FindEncoder(TensorDirectory weights, JsonFile config)
    {
        var last = weights.Names.Where(IsFinalNorm).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw NoEncoder(weights, config);
        var prefix = last[..^T5WeightNames.FinalNorm.Length];
        var encoder = new TensorDirectory(weights.Path);
        foreach (var name in weights.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            encoder.AddFrom(weights, name, name[prefix.Length..]);
        }

        if (!encoder.Contains(T5WeightNames.Embedding) && encoder.Contains(T5WeightNames.TiedEmbedding))
        {
            encoder.AddFrom(encoder, T5WeightNames.TiedEmbedding, T5WeightNames.Embedding);
        }

        return encoder;
    }

    private static bool IsFinalNorm(string name) =>
        name == T5WeightNames.FinalNorm || name.EndsWith("." + T5WeightNames.FinalNorm, StringComparison.Ordinal);

    private static JinaModelException NoEncoder(TensorDirectory weights, JsonFile config)
    {
        if (weights.Names.Any(n => n.Contains(T5WeightNames.BlockPrefix, StringComparison.Ordinal)))
        {
            return new(
                weights.Path, $"The file is incomplete: it has encoder blocks, but not {T5WeightNames.FinalNorm}. Download it again.");
        }

        return weights.Names.Any(n => n.Contains("decoder.block.", StringComparison.Ordinal))
            ? new(
                weights.Path,
                "The weights are those of a T5 decoder only; a T5 encoder is expected. Choose a checkpoint that has the encoder.")
            : new(
                weights.Path,
                $"The weights are not those of a T5 encoder: {T5WeightNames.FinalNorm} is missing, found are {Sample(weights)} "
                + $"(architecture {Describe(config)}). Choose a T5 model.");
    }

    private static string Sample(TensorDirectory weights) =>
        weights.Names.Take(3).ToArray() is { Length: > 0 } names ? string.Join(", ", names) + ", …" : "no weights";

    private static string Describe(JsonFile config) =>
        config.Find("architectures") is { ValueKind: JsonValueKind.Array } list
        && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.String
            ? list[0].GetString()!
            : config.Text("model_type") ?? "not stated";
}
