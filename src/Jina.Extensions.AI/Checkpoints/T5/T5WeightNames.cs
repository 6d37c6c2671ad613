namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>Contains the state-dict names of a T5 encoder's weights.</summary>
internal static class T5WeightNames
{
    /// <summary>[vocabulary, hidden]. Present in <see cref="Checkpoint.Tensors"/> whichever of the two tied names the file uses.</summary>
    public const string Embedding = "shared.weight";

    /// <summary>The name under which some exports keep the same table.</summary>
    public const string TiedEmbedding = "encoder.embed_tokens.weight";

    /// <summary>[buckets, heads]. All blocks share this table.</summary>
    public const string RelativeAttentionBias = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight";

    /// <summary>[hidden].</summary>
    public const string FinalNorm = "encoder.final_layer_norm.weight";

    /// <summary>The beginning of the name of every weight of a block, before the block's number.</summary>
    public const string BlockPrefix = "encoder.block.";

    /// <summary>[heads x head size, hidden].</summary>
    public static string Query(int block) => Attention(block, "q");

    /// <summary>[heads x head size, hidden].</summary>
    public static string Key(int block) => Attention(block, "k");

    /// <summary>[heads x head size, hidden].</summary>
    public static string Value(int block) => Attention(block, "v");

    /// <summary>[hidden, heads x head size].</summary>
    public static string AttentionOutput(int block) => Attention(block, "o");

    /// <summary>[hidden].</summary>
    public static string AttentionNorm(int block) => $"{BlockPrefix}{block}.layer.0.layer_norm.weight";

    /// <summary>v1.0: [feed-forward, hidden].</summary>
    public static string FeedForwardInput(int block) => FeedForward(block, "wi");

    /// <summary>v1.1, the half that goes through GELU: [feed-forward, hidden].</summary>
    public static string FeedForwardGate(int block) => FeedForward(block, "wi_0");

    /// <summary>v1.1, the half that is multiplied by the gate: [feed-forward, hidden].</summary>
    public static string FeedForwardLinear(int block) => FeedForward(block, "wi_1");

    /// <summary>[hidden, feed-forward].</summary>
    public static string FeedForwardOutput(int block) => FeedForward(block, "wo");

    /// <summary>[hidden].</summary>
    public static string FeedForwardNorm(int block) => $"{BlockPrefix}{block}.layer.1.layer_norm.weight";

    /// <summary>Returns the names of all weights of an encoder of these sizes.</summary>
    public static IEnumerable<string> All(T5Config config) =>
    [
        Embedding,
        RelativeAttentionBias,
        FinalNorm,
        .. Enumerable.Range(0, config.LayerCount).SelectMany(block => (string[])
        [
            AttentionNorm(block), Query(block), Key(block), Value(block), AttentionOutput(block),
            FeedForwardNorm(block), FeedForwardOutput(block),
            .. config.GatedGelu ? (string[])[FeedForwardGate(block), FeedForwardLinear(block)] : [FeedForwardInput(block)],
        ]),
    ];

    private static string Attention(int block, string part) => $"{BlockPrefix}{block}.layer.0.SelfAttention.{part}.weight";

    private static string FeedForward(int block, string part) => $"{BlockPrefix}{block}.layer.1.DenseReluDense.{part}.weight";
}
