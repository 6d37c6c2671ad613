namespace Jina.RandomCheckpoints;

/// <summary>
/// Represents the options of <see cref="RandomCheckpoint"/>. The default is a tiny T5 v1.0 encoder of 0.1 MB in single precision.
/// </summary>
public sealed record RandomCheckpointOptions
{
    /// <summary>
    /// Gets the default sizes with the tokenizer of the demo model (2 MB in single precision), for tests that embed texts. The
    /// tokenizer has 17,900 pieces and 100 extra IDs, and the table is rounded up to a multiple of 128 rows.
    /// </summary>
    public static RandomCheckpointOptions Tiny { get; } = new() { VocabularySize = 18048, DemoTokenizer = true };

    /// <summary>Gets the sizes of jina-embedding-s-en-v1 (141 MB in single precision), with the tokenizer of the demo model.</summary>
    public static RandomCheckpointOptions Small { get; } = FullSize(512, layers: 6, heads: 8, feedForward: 2048);

    /// <summary>Gets the sizes of jina-embedding-b-en-v1 (439 MB in single precision), with the tokenizer of the demo model.</summary>
    public static RandomCheckpointOptions Base { get; } = FullSize(768, layers: 12, heads: 12, feedForward: 3072);

    /// <summary>Gets the sizes of jina-embedding-l-en-v1 (1.34 GB in single precision), with the tokenizer of the demo model.</summary>
    public static RandomCheckpointOptions Large { get; } = FullSize(1024, layers: 24, heads: 16, feedForward: 4096);

    /// <summary>
    /// Gets the number of rows of the embedding table. T5's tokenizer returns IDs up to 32099, so a model for text needs 32128.
    /// </summary>
    public int VocabularySize { get; init; } = 512;

    /// <summary>Gets d_model.</summary>
    public int HiddenSize { get; init; } = 32;

    /// <summary>Gets num_layers.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary>Gets num_heads.</summary>
    public int HeadCount { get; init; } = 4;

    /// <summary>Gets d_kv. The default times four heads is not the hidden size, which T5 allows.</summary>
    public int HeadSize { get; init; } = 6;

    /// <summary>Gets d_ff.</summary>
    public int FeedForwardSize { get; init; } = 48;

    /// <summary>Gets relative_attention_num_buckets.</summary>
    public int RelativeAttentionBuckets { get; init; } = 32;

    /// <summary>Gets whether to write the gated GELU of T5 v1.1.</summary>
    public bool Gated { get; init; }

    /// <summary>Gets the maximum number of tokens.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Gets the format of the weight file.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Safetensors;

    /// <summary>Gets the element type of the weights.</summary>
    public WeightType Type { get; init; } = WeightType.F32;

    /// <summary>Gets the output length of a 2_Dense module, or null for a model without one.</summary>
    public int? DenseSize { get; init; }

    /// <summary>Gets whether modules.json ends with a Normalize module.</summary>
    public bool Normalize { get; init; }

    /// <summary>Gets the path of a SentencePiece model to copy to the folder, or null.</summary>
    public string? SentencePieceModel { get; init; }

    /// <summary>
    /// Gets whether the folder gets the tokenizer of models/demo-en if no other is given. The vocabulary must have at least
    /// as many rows as in <see cref="Tiny"/>.
    /// </summary>
    public bool DemoTokenizer { get; init; }

    /// <summary>Gets the seed. Equal seeds and sizes give equal weights in every format and, except for rounding, in every type.</summary>
    public int Seed { get; init; } = 1;

    private static RandomCheckpointOptions FullSize(int hidden, int layers, int heads, int feedForward) => new()
    {
        VocabularySize = 32128,
        HiddenSize = hidden,
        LayerCount = layers,
        HeadCount = heads,
        HeadSize = 64,
        FeedForwardSize = feedForward,
        DemoTokenizer = true,
    };
}
