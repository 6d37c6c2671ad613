using Jina.Extensions.AI.Options;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI;

/// <summary>Represents the options of a <see cref="JinaEmbeddingGenerator"/>.</summary>
/// <remarks>The generator copies the options when it is created. Later changes have no effect on it.</remarks>
public sealed class JinaEmbeddingOptions
{
    private const int DefaultMaxBatchTokens = 384;

    /// <summary>Gets or sets the model.</summary>
    /// <value>The default is <see cref="JinaEmbeddingModel.SmallEnV1"/>.</value>
    [Given("a model, e.g. JinaEmbeddingModel.SmallEnV1")]
    public JinaEmbeddingModel Model { get; set; } = JinaEmbeddingModel.SmallEnV1;

    /// <summary>Gets or sets the cache directory for models, and for the graphs of models in read-only directories.</summary>
    /// <value>The default is <see langword="null"/>; see <see cref="ModelStoreOptions.CacheDirectory"/>.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets whether downloads are disabled.</summary>
    /// <value>The default is <see langword="null"/>; see <see cref="ModelStoreOptions.Offline"/>.</value>
    public bool? Offline { get; set; }

    /// <summary>Gets or sets the URL of the hub, or of a mirror of it.</summary>
    /// <value>The default is <see langword="null"/>; see <see cref="ModelStoreOptions.Endpoint"/>.</value>
    public string? HubEndpoint { get; set; }

    /// <summary>Gets or sets the access token for the hub.</summary>
    /// <value>The default is <see langword="null"/>; see <see cref="ModelStoreOptions.Token"/>.</value>
    public string? HubToken { get; set; }

    /// <summary>Gets or sets the progress reporter for model downloads. It can be called from any thread.</summary>
    /// <value>The default is <see langword="null"/> (no reporting). Downloads are always logged.</value>
    public IProgress<ModelDownloadProgress>? DownloadProgress { get; set; }

    /// <summary>Gets or sets whether vectors are scaled to unit length (L2).</summary>
    /// <value>
    /// The default is <see langword="true"/>, as in cloud APIs. <see langword="false"/> returns the same vectors as
    /// <c>finetuner.encode</c> and sentence-transformers return for these models. If a checkpoint has its own Normalize module, its
    /// vectors always have unit length.
    /// </value>
    public bool Normalize { get; set; } = true;

    /// <summary>Gets or sets what happens to a text of more than <see cref="MaxTokens"/> tokens.</summary>
    /// <value>The default is <see cref="TruncationPolicy.Truncate"/>.</value>
    [Defined<TruncationPolicy>]
    public TruncationPolicy Truncation { get; set; } = TruncationPolicy.Truncate;

    /// <summary>Gets or sets the maximum number of tokens per text, including <c>&lt;/s&gt;</c>.</summary>
    /// <value>
    /// A number from 1 to the limit in the model's files. The default is <see langword="null"/>, which means that limit (512 for the Jina
    /// models), but at most 2,048. Memory and time per text grow with the square of this number.
    /// </value>
    [AtLeastOne("token, or nothing for the model's own limit")]
    public int? MaxTokens { get; set; }

    /// <summary>
    /// Gets or sets whether special tokens that are spelled out in a text (<c>&lt;/s&gt;</c>, <c>&lt;extra_id_0&gt;</c>, ...) are
    /// tokenized as plain text.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>: they are tokenized to the special tokens themselves, as in the Hugging Face tokenizer.
    /// </value>
    public bool SpecialTokensAsText { get; set; }

    /// <summary>Gets or sets whether to run the ONNX export if a model directory has both a checkpoint and an export.</summary>
    /// <value>
    /// The default is <see langword="false"/>, which runs the checkpoint. If the directory has only one of them, that one runs.
    /// </value>
    public bool PreferOnnxExport { get; set; }

    /// <summary>Gets or sets the precision of the model's weights and activations.</summary>
    /// <value>
    /// The default is <see cref="Precision.Fp32"/>. An ONNX export always runs in its own precision; only checkpoints can be quantized.
    /// </value>
    [Defined<Precision>]
    public Precision Precision { get; set; } = Precision.Fp32;

    /// <summary>Gets or sets the progress reporter for the quantization of the weights. It can be called from any thread.</summary>
    /// <value>
    /// The default is <see langword="null"/> (no reporting). Weights are quantized only at the first load with
    /// <see cref="Precision.Int8"/>.
    /// </value>
    public IProgress<WeightQuantizationProgress>? WeightQuantizationProgress { get; set; }

    /// <summary>Gets or sets the maximum number of threads that compute at once, for all requests together.</summary>
    /// <value>
    /// A number of 1 or more. The default is <see langword="null"/>, which means one per processor
    /// (<see cref="Environment.ProcessorCount"/>). The models of one container share their threads: together they use at most as many
    /// as the model with the largest value. While all of them run long micro-batches, a short request runs on one more thread.
    /// </value>
    [AtLeastOne("thread, or nothing for one per processor")]
    public int? MaxThreads { get; set; }

    /// <summary>Gets or sets the maximum number of tokens per micro-batch, including padding. A longer text runs alone.</summary>
    /// <value>
    /// A number of 1 or more. The default is <see langword="null"/>, which means 384: larger micro-batches are not faster on a CPU
    /// (docs/performance.md). A GPU needs far more; start with 16384.
    /// </value>
    [AtLeastOne("token, or nothing for the default")]
    public int? MaxBatchTokens { get; set; }

    /// <summary>Gets or sets whether the memory of inferences is returned to the operating system whenever the queue is empty.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the runtime keeps the memory that the largest inference needed, about 60 MB at the
    /// default of <see cref="MaxBatchTokens"/>. <see langword="true"/> makes single texts slower, because each inference allocates its
    /// memory again.
    /// </value>
    public bool ReleaseMemoryWhenIdle { get; set; }

    /// <summary>Gets or sets an action that changes the options of the ONNX Runtime session, e.g. to add an execution provider.</summary>
    /// <value>
    /// The default is <see langword="null"/> (no changes). The action is called for each session, after threads and logging are set. If
    /// it is set, the model has one session, and another one with its own weights for late chunking. Otherwise a second session, which
    /// shares the weights, runs single texts on all threads.
    /// </value>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    /// <summary>Gets or sets the text in front of an option's name in messages: the path of its configuration section, or empty.</summary>
    internal string KeyPrefix { get; set; } = string.Empty;

    /// <summary>Gets <see cref="MaxThreads"/> or its default.</summary>
    internal int ThreadCount => MaxThreads ?? Environment.ProcessorCount;

    /// <summary>Gets <see cref="MaxBatchTokens"/> or its default.</summary>
    internal int BatchTokens => MaxBatchTokens ?? DefaultMaxBatchTokens;

    /// <summary>Validates the options and returns a copy.</summary>
    /// <exception cref="ArgumentException">Options are not valid; the message names all of them.</exception>
    internal JinaEmbeddingOptions ValidatedCopy()
    {
        var problems = JinaEmbeddingOptionsRules.Problems(this);
        return problems.Count == 0
            ? (JinaEmbeddingOptions)MemberwiseClone()
            : throw new ArgumentException(string.Join(" ", problems), "options");
    }
}
