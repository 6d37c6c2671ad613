namespace Jina.Extensions.AI;

/// <summary>How a <see cref="JinaEmbeddingGenerator"/> works.</summary>
/// <remarks>The generator takes a copy when it is made; later changes have no effect on it.</remarks>
public sealed class JinaEmbeddingOptions
{
    /// <summary>Gets or sets the model.</summary>
    /// <value>The default is <see cref="JinaEmbeddingModel.SmallEnV1"/>.</value>
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
    public TruncationPolicy Truncation { get; set; } = TruncationPolicy.Truncate;

    /// <summary>Gets or sets the most tokens of a text, <c>&lt;/s&gt;</c> included.</summary>
    /// <value>From 1 to the model's own limit. The default, null, is that limit (512 for the Jina models).</value>
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

    /// <summary>Copies the options after checking each of them.</summary>
    internal JinaEmbeddingOptions ValidatedCopy()
    {
        if (Model is null)
        {
            throw new ArgumentException($"{nameof(Model)} is null; choose one, e.g. {nameof(JinaEmbeddingModel)}.{nameof(JinaEmbeddingModel.SmallEnV1)}.");
        }

        if (MaxTokens < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxTokens), MaxTokens, "Expected at least 1 token, or null for the model's own limit.");
        }

        if (!Enum.IsDefined(Truncation))
        {
            throw new ArgumentOutOfRangeException(nameof(Truncation), Truncation, $"Expected one of {string.Join(", ", Enum.GetNames<TruncationPolicy>())}.");
        }

        return (JinaEmbeddingOptions)MemberwiseClone();
    }
}
