using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>How to call an encoder graph, found out from the names, types and ranks of its inputs and outputs.</summary>
/// <param name="Wide">Whether ids and mask are int64; finetuner's exports take int32.</param>
/// <param name="OutputName">The output to read.</param>
/// <param name="Pooled">Whether that output is one vector per text ([batch, dim]) and not one per token ([batch, seq, dim]).</param>
internal sealed record EncoderContract(bool Wide, string OutputName, bool Pooled)
{
    public const string IdsName = "input_ids";
    public const string MaskName = "attention_mask";

    /// <summary>Pooled outputs come first: the mean is then taken inside the graph.</summary>
    private static readonly (string Name, int Rank)[] KnownOutputs =
    [
        ("sentence_embedding", 2), ("embedding", 2), ("last_hidden_state", 3), ("token_embeddings", 3),
    ];

    /// <exception cref="JinaModelException">The graph is not an encoder that this library can call.</exception>
    public static EncoderContract Of(InferenceSession session, string path)
    {
        var inputs = session.InputMetadata;
        var outputs = session.OutputMetadata;
        if (!inputs.Keys.Order(StringComparer.Ordinal).SequenceEqual([MaskName, IdsName]))
        {
            throw Unfit(path, Advice(inputs.Keys), inputs, outputs);
        }

        var type = inputs[IdsName].ElementType;
        if ((type != typeof(long) && type != typeof(int)) || inputs[MaskName].ElementType != type)
        {
            throw Unfit(path, "Ids and mask must both be int64 or both int32.", inputs, outputs);
        }

        var known = KnownOutputs.FirstOrDefault(known => outputs.TryGetValue(known.Name, out var output)
            && output.Dimensions.Length == known.Rank && output.ElementType == typeof(float));
        return known.Name is null
            ? throw Unfit(path, "No output is a known float32 embedding.", inputs, outputs)
            : new EncoderContract(type == typeof(long), known.Name, known.Rank == 2);
    }

    private static string Advice(IEnumerable<string> inputs) => inputs switch
    {
        _ when inputs.Contains("decoder_input_ids") => "This is an encoder-decoder export; export T5EncoderModel alone.",
        _ when !inputs.Contains(MaskName) => "Without an attention mask padded texts get wrong vectors; export the graph with one.",
        _ => "Export an encoder that takes ids and mask only.",
    };

    private static JinaModelException Unfit(
        string path, string reason, IReadOnlyDictionary<string, NodeMetadata> inputs, IReadOnlyDictionary<string, NodeMetadata> outputs) => new(
            path,
            $"found inputs {Describe(inputs)} and outputs {Describe(outputs)}; expected inputs {IdsName} and {MaskName} [batch, seq] and one of "
            + $"{string.Join(", ", KnownOutputs.Select(known => $"{known.Name} (rank {known.Rank})"))}. {reason}");

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> values) => string.Join(
        ", ",
        values.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key} {value.Value.ElementType?.Name}[{string.Join(", ", value.Value.SymbolicDimensions.Zip(value.Value.Dimensions, (name, size) => size >= 0 ? $"{size}" : name))}]"));
}
