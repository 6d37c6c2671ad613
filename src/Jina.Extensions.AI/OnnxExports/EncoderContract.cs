using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Describes how to call an encoder graph, derived from the names, types and ranks of its inputs and outputs.</summary>
/// <param name="UsesInt64">Whether IDs and mask are int64. finetuner's exports take int32.</param>
/// <param name="OutputName">The output to read.</param>
/// <param name="Pooled">Whether that output is one vector per text ([batch, dim]), and not one per token ([batch, seq, dim]).</param>
internal sealed record EncoderContract(bool UsesInt64, string OutputName, bool Pooled)
{
    private static readonly string[] IdTypes = [nameof(Int64), nameof(Int32)];

    /// <summary>The known outputs. Pooled ones come first, because the graph then computes the mean.</summary>
    private static readonly (string Name, int Rank)[] KnownOutputs =
    [
        (EncoderValueNames.SentenceEmbedding, 2), ("embedding", 2), ("last_hidden_state", 3), (EncoderValueNames.TokenEmbeddings, 3),
    ];

    /// <exception cref="JinaModelException">The graph is not an encoder that this library can call.</exception>
    public static EncoderContract Create(string path, IReadOnlyCollection<GraphValue> inputs, IReadOnlyCollection<GraphValue> outputs)
    {
        var names = inputs.Select(input => input.Name).ToArray();
        if (!names.Order(StringComparer.Ordinal).SequenceEqual([EncoderValueNames.AttentionMask, EncoderValueNames.InputIds]))
        {
            throw Unfit(path, Advice(names), inputs, outputs);
        }

        var type = inputs.First().ElementType;
        if (!IdTypes.Contains(type) || inputs.Any(input => input.ElementType != type || !input.MayHaveRank(2)))
        {
            throw Unfit(path, "IDs and mask must both be int64 or both int32, with two axes.", inputs, outputs);
        }

        var known = KnownOutputs.FirstOrDefault(known => outputs.Any(output =>
            output.Name == known.Name && output.MayHaveRank(known.Rank) && output.ElementType == nameof(Single)));
        if (known.Name is null)
        {
            throw Unfit(path, "No output is a known float32 embedding.", inputs, outputs);
        }

        return new EncoderContract(type == nameof(Int64), known.Name, known.Rank == 2);
    }

    private static string Advice(string[] inputs) => inputs switch
    {
        _ when inputs.Contains("decoder_input_ids") => "This is an encoder-decoder export; export T5EncoderModel alone.",
        _ when !inputs.Contains(EncoderValueNames.AttentionMask) =>
            "Without an attention mask, padded texts get wrong vectors. Export the graph with a mask.",
        _ => "Export an encoder that takes IDs and mask only.",
    };

    private static JinaModelException Unfit(
        string path, string reason, IEnumerable<GraphValue> inputs, IEnumerable<GraphValue> outputs) => new(
            path,
            $"Found inputs {Describe(inputs)} and outputs {Describe(outputs)}; expected inputs {EncoderValueNames.InputIds} and "
            + $"{EncoderValueNames.AttentionMask} [batch, seq], and one of "
            + $"{string.Join(", ", KnownOutputs.Select(known => $"{known.Name} (rank {known.Rank})"))}. {reason}");

    // A file can declare any number of values, with names of any length.
    private static string Describe(IEnumerable<GraphValue> values)
    {
        var text = string.Join(", ", values.OrderBy(value => value.Name, StringComparer.Ordinal).Take(20));
        return text.Length > 1000 ? text[..1000] + "…" : text;
    }
}
