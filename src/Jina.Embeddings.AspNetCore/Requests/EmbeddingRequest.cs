namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>A request as its body tells it, before it is known whether it can be met.</summary>
internal sealed class EmbeddingRequest
{
    public RequestShape Shape { get; set; }

    /// <summary>Gets or sets the model asked for; null for none.</summary>
    public string? Model { get; set; }

    /// <summary>Gets or sets the inputs, where they are texts.</summary>
    public IReadOnlyList<string>? Texts { get; set; }

    /// <summary>Gets or sets the inputs, where they are token ids.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? TokenIds { get; set; }

    /// <summary>Gets or sets the encodings, at least one; more than one are written side by side.</summary>
    public IReadOnlyList<VectorEncoding> Encodings { get; set; } = [VectorEncoding.Float];

    public int? Dimensions { get; set; }

    public bool Normalized { get; set; } = true;

    public bool Truncate { get; set; } = true;

    /// <summary>Gets or sets whether the request names a task, which these models do not know.</summary>
    public bool HasTask { get; set; }

    /// <summary>Gets the number of inputs.</summary>
    public int InputCount => Texts?.Count ?? TokenIds?.Count ?? 0;
}
