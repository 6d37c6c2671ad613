using Jina.Embeddings.AspNetCore.Limits;

namespace Jina.Embeddings.AspNetCore;

/// <summary>What the embedding endpoint accepts.</summary>
/// <remarks>Read when the endpoint is mapped; later changes have no effect.</remarks>
public sealed class JinaEmbeddingEndpointOptions
{
    /// <summary>The least characters of an API key: a shorter one could be guessed.</summary>
    internal const int ShortestKey = 8;

    /// <summary>Gets the keys that requests may bring as <c>Authorization: Bearer KEY</c>.</summary>
    /// <value>
    /// The default, none, lets everybody in. A key has at least 8 characters, printable ASCII without spaces. In
    /// configuration a list: <c>ApiKeys:0</c>, <c>ApiKeys:1</c>, ...
    /// </value>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>Gets or sets the most inputs (texts or arrays of token ids) of one request; more is refused with 413.</summary>
    /// <value>From 1 on. The default is 2048, OpenAI's limit.</value>
    public int MaxInputs { get; set; } = 2048;

    /// <summary>Gets or sets the most tokens of one request, as the model sees them: after truncation, <c>&lt;/s&gt;</c> included. More is refused with 413.</summary>
    /// <value>From 1 on. The default is 300,000, OpenAI's limit.</value>
    public int MaxTokens { get; set; } = 300_000;

    /// <summary>Gets or sets the most bytes of a request's body; more is refused with 413. The server's own limit does not count for this endpoint.</summary>
    /// <value>From 1 on. The default is 8,388,608 (8 MiB): 2048 texts of 512 tokens of English, and JSON around them, have about 5 MB.</value>
    public int MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Gets or sets the most requests that are read or answered at once; the next is refused with 429.</summary>
    /// <value>From 1 on. The default is 1024.</value>
    public int MaxConcurrentRequests { get; set; } = 1024;

    /// <summary>Gets or sets the most inputs of all requests that wait or run at once; a request that does not fit is refused with 503.</summary>
    /// <value>From <see cref="MaxInputs"/> on. The default is 16,384.</value>
    public int MaxQueuedInputs { get; set; } = 16_384;

    /// <summary>Gets or sets whether a server of one model refuses requests for another, as a server of several always does.</summary>
    /// <value>The default is false: whatever a request asks for, the one model answers, under its own name.</value>
    public bool StrictModel { get; set; }

    /// <summary>Copies the options, so that an endpoint keeps what it was mapped with.</summary>
    internal JinaEmbeddingEndpointOptions Copy()
    {
        var copy = new JinaEmbeddingEndpointOptions
        {
            MaxInputs = MaxInputs,
            MaxTokens = MaxTokens,
            MaxBodyBytes = MaxBodyBytes,
            MaxConcurrentRequests = MaxConcurrentRequests,
            MaxQueuedInputs = MaxQueuedInputs,
            StrictModel = StrictModel,
        };
        foreach (var key in ApiKeys)
        {
            copy.ApiKeys.Add(key);
        }

        return copy;
    }
}
