namespace Jina.Embeddings.AspNetCore;

/// <summary>Represents the limits and API keys of the embedding endpoint.</summary>
/// <remarks>The options are read when the endpoint is mapped. Later changes have no effect.</remarks>
public sealed class JinaEmbeddingEndpointOptions
{
    /// <summary>The minimum length of an API key. A shorter key could be guessed.</summary>
    internal const int MinKeyLength = 8;

    private long? _maxMemoryBytes;

    /// <summary>Gets the API keys. A request must send one of them as <c>Authorization: Bearer KEY</c>.</summary>
    /// <value>
    /// The default is an empty list: requests do not need a key. A key has at least 8 characters, all printable ASCII without spaces.
    /// In configuration, the keys are a list: <c>ApiKeys:0</c>, <c>ApiKeys:1</c>, ...
    /// </value>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>
    /// Gets or sets the maximum number of inputs (texts or arrays of token IDs) of a request. Larger requests are rejected with 413.
    /// </summary>
    /// <value>At least 1. The default is 2048, OpenAI's limit.</value>
    public int MaxInputs { get; set; } = 2048;

    /// <summary>
    /// Gets or sets the maximum number of tokens of a request, counted after truncation and with <c>&lt;/s&gt;</c>. Larger requests are
    /// rejected with 413.
    /// </summary>
    /// <value>At least 1. The default is 300,000, OpenAI's limit.</value>
    public int MaxTokens { get; set; } = 300_000;

    /// <summary>
    /// Gets or sets the maximum number of bytes of a request's body. Larger bodies are rejected with 413. The web server's own limit
    /// does not apply to this endpoint.
    /// </summary>
    /// <value>
    /// At least 1. The default is 8,388,608 (8 MiB). A request with 2048 English texts of 512 tokens each has about 5 MB, with its JSON.
    /// </value>
    public int MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the maximum number of bytes that all requests hold together: bodies while they arrive, texts, token IDs and vectors.
    /// A request that does not fit is rejected with 429, or with 413 if it alone needs more.
    /// </summary>
    /// <value>
    /// The default is 268,435,456 (256 MiB), or a quarter of the memory that the process may use, if that is less. The minimum is about
    /// four times <see cref="MaxBodyBytes"/>, so that the largest body fits. The default is never below the minimum.
    /// </value>
    public long MaxMemoryBytes
    {
        get => _maxMemoryBytes ?? MemoryNeeds.DefaultLimit(this);
        set => _maxMemoryBytes = value;
    }

    /// <summary>
    /// Gets or sets the maximum number of requests that are processed at once. A request counts from the arrival of its body until its
    /// vectors are computed. Further requests are rejected with 429.
    /// </summary>
    /// <value>At least 1. The default is 1024.</value>
    public int MaxConcurrentRequests { get; set; } = 1024;

    /// <summary>
    /// Gets or sets the maximum number of inputs, of all requests, that are queued or running at once. A request that does not fit is
    /// rejected with 503.
    /// </summary>
    /// <value>At least <see cref="MaxInputs"/>. The default is 16,384.</value>
    public int MaxQueuedInputs { get; set; } = 16_384;

    /// <summary>
    /// Gets or sets whether a server of one model rejects requests for other models. A server of several models always rejects them.
    /// </summary>
    /// <value>The default is <see langword="false"/>: the model answers every request, under its own name.</value>
    public bool StrictModel { get; set; }

    /// <summary>
    /// Gets or sets whether requests with unknown fields are rejected. The routes of Ollama and of Text Embeddings Inference always ignore
    /// unknown fields, as those services do.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>: unknown fields are ignored. The response names them in a <c>Warning</c> header, and the log
    /// has one line per name.
    /// </value>
    public bool StrictFields { get; set; }

    /// <summary>
    /// Gets or sets the encoding of the token IDs that clients send as input. A request can name another encoding in the header
    /// <c>X-Token-Encoding</c>: <c>cl100k_base</c>, <c>o200k_base</c> or <c>model</c>.
    /// </summary>
    /// <value>The default is <see cref="TokenIdEncoding.Cl100kBase"/>, the encoding of OpenAI's embedding models.</value>
    public TokenIdEncoding TokenIdEncoding { get; set; }

    /// <summary>Gets or sets the time for a body to arrive, in addition to the time that its bytes take at the minimum speed.</summary>
    internal TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets whether the process returns memory to the system when it becomes idle after large requests.</summary>
    internal bool ReturnsMemory { get; set; }

    /// <summary>Copies the options, so that later changes do not affect a mapped endpoint.</summary>
    internal JinaEmbeddingEndpointOptions Copy()
    {
        var copy = new JinaEmbeddingEndpointOptions
        {
            MaxInputs = MaxInputs,
            MaxTokens = MaxTokens,
            MaxBodyBytes = MaxBodyBytes,
            MaxMemoryBytes = MaxMemoryBytes,
            MaxConcurrentRequests = MaxConcurrentRequests,
            MaxQueuedInputs = MaxQueuedInputs,
            StrictModel = StrictModel,
            StrictFields = StrictFields,
            TokenIdEncoding = TokenIdEncoding,
            BodyGrace = BodyGrace,
            ReturnsMemory = ReturnsMemory,
        };
        foreach (var key in ApiKeys)
        {
            copy.ApiKeys.Add(key);
        }

        return copy;
    }
}
