namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>Represents the sizes of a T5 encoder.</summary>
internal sealed record T5Config
{
    public required int VocabularySize { get; init; }

    /// <summary>Gets the width of the residual stream (d_model).</summary>
    public required int HiddenSize { get; init; }

    public required int LayerCount { get; init; }

    public required int HeadCount { get; init; }

    /// <summary>Gets the width of one head (d_kv). The number of heads times this width can differ from the hidden size.</summary>
    public required int HeadSize { get; init; }

    public required int FeedForwardSize { get; init; }

    /// <summary>Gets a value indicating whether the feed-forward is T5 v1.1's gated GELU (wi_0, wi_1), and not v1.0's ReLU (wi).</summary>
    public required bool GatedGelu { get; init; }

    public int RelativeAttentionBuckets { get; init; } = 32;

    public int RelativeAttentionMaxDistance { get; init; } = 128;

    public float LayerNormEpsilon { get; init; } = 1e-6f;
}
