namespace Jina.RandomCheckpoints;

/// <summary>What <see cref="RandomCheckpoint"/> writes: by default a tiny T5 v1.0 encoder of 0.1 MB, in single precision.</summary>
public sealed record RandomCheckpointOptions
{
    /// <summary>The sizes of jina-embedding-s-en-v1 (141 MB in single precision), reading text with the demo model's tokenizer.</summary>
    public static RandomCheckpointOptions Small { get; } = FullSize(512, layers: 6, heads: 8, feedForward: 2048);

    /// <summary>The sizes of jina-embedding-b-en-v1 (439 MB in single precision), reading text with the demo model's tokenizer.</summary>
    public static RandomCheckpointOptions Base { get; } = FullSize(768, layers: 12, heads: 12, feedForward: 3072);

    /// <summary>The sizes of jina-embedding-l-en-v1 (1.34 GB in single precision), reading text with the demo model's tokenizer.</summary>
    public static RandomCheckpointOptions Large { get; } = FullSize(1024, layers: 24, heads: 16, feedForward: 4096);

    /// <summary>Rows of the embedding table. T5's tokenizer makes ids up to 32099, so a model that reads text needs 32128.</summary>
    public int VocabularySize { get; init; } = 512;

    /// <summary>d_model.</summary>
    public int HiddenSize { get; init; } = 32;

    /// <summary>num_layers.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary>num_heads.</summary>
    public int HeadCount { get; init; } = 4;

    /// <summary>d_kv. The default times four heads is not the hidden size, as T5 allows.</summary>
    public int HeadSize { get; init; } = 6;

    /// <summary>d_ff.</summary>
    public int FeedForwardSize { get; init; } = 48;

    /// <summary>relative_attention_num_buckets.</summary>
    public int RelativeAttentionBuckets { get; init; } = 32;

    /// <summary>Whether to write T5 v1.1's gated GELU.</summary>
    public bool Gated { get; init; }

    /// <summary>The longest input in ids.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>The weight file's format.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Safetensors;

    /// <summary>The weights' element type.</summary>
    public WeightType Type { get; init; } = WeightType.F32;

    /// <summary>The output length of a 2_Dense module, or null for none.</summary>
    public int? DenseSize { get; init; }

    /// <summary>Whether modules.json ends with a Normalize module.</summary>
    public bool Normalize { get; init; }

    /// <summary>A SentencePiece model to copy into the folder, or null for none of the caller's.</summary>
    public string? SentencePieceModel { get; init; }

    /// <summary>
    /// Whether the folder gets the tokenizer of models/demo-en where no other is given. Its ids are below 8128; the
    /// vocabulary must have as many rows.
    /// </summary>
    public bool DemoTokenizer { get; init; }

    /// <summary>Equal seeds and sizes give equal weights, in every format and, but for rounding, type.</summary>
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
