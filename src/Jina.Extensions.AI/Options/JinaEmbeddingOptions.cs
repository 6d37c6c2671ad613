using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Options;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI;

/// <summary>How a <see cref="JinaEmbeddingGenerator"/> works.</summary>
/// <remarks>The generator takes a copy when it is made; later changes have no effect on it.</remarks>
public sealed class JinaEmbeddingOptions
{
    private const int DefaultMaxBatchTokens = 384;

    /// <summary>Gets or sets the model.</summary>
    /// <value>The default is <see cref="JinaEmbeddingModel.SmallEnV1"/>.</value>
    [Given("a model, e.g. JinaEmbeddingModel.SmallEnV1")]
    public JinaEmbeddingModel Model { get; set; } = JinaEmbeddingModel.SmallEnV1;

    /// <summary>Gets or sets the cache folder for models, and for the graphs of models in read-only folders.</summary>
    /// <value>The default, null, is described at <see cref="ModelStoreOptions.CacheDirectory"/>.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets whether the network is left alone when the model is not on this machine.</summary>
    /// <value>The default, null, is described at <see cref="ModelStoreOptions.Offline"/>.</value>
    public bool? Offline { get; set; }

    /// <summary>Gets or sets the hub to download from, or a mirror of it.</summary>
    /// <value>The default, null, is described at <see cref="ModelStoreOptions.Endpoint"/>.</value>
    public string? HubEndpoint { get; set; }

    /// <summary>Gets or sets the access token for the hub.</summary>
    /// <value>The default, null, is described at <see cref="ModelStoreOptions.Token"/>.</value>
    public string? HubToken { get; set; }

    /// <summary>Gets or sets who is told how far a download is, from any thread.</summary>
    /// <value>The default, null, is nobody; the log is told in any case.</value>
    public IProgress<ModelDownloadProgress>? DownloadProgress { get; set; }

    /// <summary>Gets or sets whether vectors are scaled to unit length (L2).</summary>
    /// <value>
    /// The default is true, as cloud APIs do. False gives what <c>finetuner.encode</c> and sentence-transformers give
    /// for these models; a checkpoint that has its own Normalize module gives unit vectors in either case.
    /// </value>
    public bool Normalize { get; set; } = true;

    /// <summary>Gets or sets what happens to a text of more than <see cref="MaxTokens"/> tokens.</summary>
    /// <value>The default is <see cref="TruncationPolicy.Truncate"/>.</value>
    [Defined<TruncationPolicy>]
    public TruncationPolicy Truncation { get; set; } = TruncationPolicy.Truncate;

    /// <summary>Gets or sets the most tokens of a text, <c>&lt;/s&gt;</c> included.</summary>
    /// <value>From 1 to the model's own limit. The default, null, is that limit (512 for the Jina models).</value>
    [AtLeastOne("token, or nothing for the model's own limit")]
    public int? MaxTokens { get; set; }

    /// <summary>
    /// Gets or sets whether special tokens written in a text (<c>&lt;/s&gt;</c>, <c>&lt;extra_id_0&gt;</c>, ...) are
    /// plain text and not the tokens themselves.
    /// </summary>
    /// <value>The default is false, as the Hugging Face tokenizer does.</value>
    public bool SpecialTokensAsText { get; set; }

    /// <summary>Gets or sets whether a folder that holds both a checkpoint and an ONNX export runs the export.</summary>
    /// <value>The default is false: the checkpoint wins. A folder with only one of them runs that one.</value>
    public bool PreferOnnxExport { get; set; }

    /// <summary>Gets or sets the arithmetic that the model runs in.</summary>
    /// <value>The default is <see cref="Precision.Fp32"/>. An ONNX export runs in its own; only checkpoints can be quantized.</value>
    [Defined<Precision>]
    public Precision Precision { get; set; } = Precision.Fp32;

    /// <summary>Gets or sets who is told how far the quantization of the weights is, from any thread.</summary>
    /// <value>The default, null, is nobody. It happens only at the first load with <see cref="Precision.Int8"/>.</value>
    public IProgress<ModelQuantizationProgress>? QuantizationProgress { get; set; }

    /// <summary>Gets or sets the most threads that compute at once, over all calls.</summary>
    /// <value>
    /// From 1 on. The default, null, is one per processor (<see cref="Environment.ProcessorCount"/>). The models of one
    /// container share their threads: together they use as many as the one with the most may use.
    /// </value>
    [AtLeastOne("thread, or nothing for one per processor")]
    public int? MaxThreads { get; set; }

    /// <summary>Gets or sets the most tokens of one micro-batch, padding included; a longer text runs alone.</summary>
    /// <value>
    /// From 1 on. The default, null, is 384, where measured speed no longer grows (docs/performance.md). A GPU wants far more, 16384 for a start.
    /// </value>
    [AtLeastOne("token, or nothing for the default")]
    public int? MaxBatchTokens { get; set; }

    /// <summary>Gets or sets whether memory that runs have used goes back to the system whenever nothing waits.</summary>
    /// <value>
    /// The default is false: the runtime keeps what the largest run needed, some 60 MB at the default of
    /// <see cref="MaxBatchTokens"/>. True makes lone texts slower, as each run asks for its memory anew.
    /// </value>
    public bool ReleaseMemoryWhenIdle { get; set; }

    /// <summary>Gets or sets what is done to the ONNX Runtime session's options before it is made, e.g. to add an execution provider.</summary>
    /// <value>
    /// The default, null, is nothing. Called at each load, with threads and logging already set. With a hook there is
    /// one session; without one a second, that shares the weights, runs lone texts on all threads.
    /// </value>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    /// <summary>Gets <see cref="MaxThreads"/> with its default.</summary>
    internal int ThreadCount => MaxThreads ?? Environment.ProcessorCount;

    /// <summary>Gets <see cref="MaxBatchTokens"/> with its default.</summary>
    internal int BatchTokens => MaxBatchTokens ?? DefaultMaxBatchTokens;

    /// <summary>Copies the options after checking them.</summary>
    /// <exception cref="ArgumentException">Options are wrong; the message names all of them.</exception>
    internal JinaEmbeddingOptions ValidatedCopy()
    {
        var problems = JinaEmbeddingOptionsRules.Problems(this);
        return problems.Count == 0 ? (JinaEmbeddingOptions)MemberwiseClone() : throw new ArgumentException(string.Join(" ", problems), "options");
    }
}
