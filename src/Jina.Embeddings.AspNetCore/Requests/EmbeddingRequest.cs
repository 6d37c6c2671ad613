namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Represents a request as its body describes it, before it is known whether a model can answer it.</summary>
internal sealed class EmbeddingRequest
{
    /// <summary>The size of a text or list without its content, and of its place in the list of inputs.</summary>
    private const int ObjectBytes = 40;

    /// <summary>The length of a token in English.</summary>
    private const int CharsPerToken = 4;

    private const int UsualMaxTokens = 512;

    /// <summary>Gets or sets the interface that the request uses.</summary>
    public RequestShape Shape { get; set; }

    /// <summary>Gets or sets the requested model, or <see langword="null"/>.</summary>
    public string? Model { get; set; }

    /// <summary>Gets or sets the inputs, if they are texts.</summary>
    public IReadOnlyList<string>? Texts { get; set; }

    /// <summary>Gets or sets the inputs, if they are token IDs.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? TokenIds { get; set; }

    /// <summary>Gets or sets the encodings of each vector, at least one.</summary>
    public IReadOnlyList<VectorEncoding> Encodings { get; set; } = [VectorEncoding.Float];

    /// <summary>Gets or sets the requested length of the vectors, or <see langword="null"/>.</summary>
    public int? Dimensions { get; set; }

    /// <summary>Gets or sets whether more dimensions than the model has are ignored, as Ollama does. Otherwise they are rejected.</summary>
    public bool IgnoresMoreDimensions { get; set; }

    /// <summary>Gets or sets whether vectors are scaled to unit length.</summary>
    public bool Normalized { get; set; } = true;

    /// <summary>Gets or sets whether inputs that are too long are truncated. Otherwise the request is rejected.</summary>
    public bool Truncate { get; set; } = true;

    /// <summary>
    /// Gets or sets whether the inputs are the chunks of one document, whose vectors depend on the whole document. They are texts then,
    /// and none is truncated.
    /// </summary>
    public bool LateChunking { get; set; }

    /// <summary>Gets or sets whether the request names a task, which these models do not support.</summary>
    public bool HasTask { get; set; }

    /// <summary>Gets the fields that the request has and this server does not know.</summary>
    public IgnoredFields IgnoredFields { get; } = new();

    /// <summary>Gets or sets whether tokens are returned with the end token, if the request asks for tokens.</summary>
    public bool WithEndToken { get; set; } = true;

    /// <summary>Gets the number of inputs.</summary>
    public int InputCount => Texts?.Count ?? TokenIds?.Count ?? 0;

    /// <summary>Gets the memory of the inputs in bytes.</summary>
    public long InputBytes =>
        (Texts?.Sum(static text => ObjectBytes + (sizeof(char) * (long)text.Length))
            ?? TokenIds?.Sum(static ids => ObjectBytes + (sizeof(int) * (long)ids.Count)) ?? 0);

    /// <summary>Gets about the number of tokens that the model runs on, for estimates of time.</summary>
    public long EstimatedTokens =>
        Texts?.Sum(text => (long)Math.Min((text.Length / CharsPerToken) + 1, LateChunking ? int.MaxValue : UsualMaxTokens))
        ?? TokenIds?.Sum(static ids => (long)Math.Min(ids.Count, UsualMaxTokens)) ?? 0;
}

/// <summary>Specifies the interface that a request uses, which the answer uses too.</summary>
internal enum RequestShape
{
    /// <summary>OpenAI's interface, the default.</summary>
    OpenAI,

    /// <summary>Jina's interface: the request has a field or an input that only Jina's interface has.</summary>
    Jina,

    /// <summary>Ollama's interface, which has its own routes.</summary>
    Ollama,

    /// <summary>The interface of Text Embeddings Inference, which has its own routes.</summary>
    TextEmbeddingsInference,
}

/// <summary>Specifies how a vector is written.</summary>
internal enum VectorEncoding
{
    /// <summary>An array of numbers, each with the fewest digits that read back exactly.</summary>
    Float,

    /// <summary>Base64 of the components as little-endian single-precision floats.</summary>
    Base64,

    /// <summary>Bits, eight to a number from -128 to 127.</summary>
    Binary,

    /// <summary>Bits, eight to a number from 0 to 255.</summary>
    Ubinary,
}
