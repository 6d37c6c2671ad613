namespace Jina.Embeddings.AspNetCore;

/// <summary>Specifies the encoding of the token IDs that clients send as input.</summary>
public enum TokenIdEncoding
{
    /// <summary>
    /// OpenAI's <c>cl100k_base</c>, the encoding of its embedding models and the one that tiktoken uses for unknown models. The IDs are
    /// converted to text. This is the default.
    /// </summary>
    Cl100kBase,

    /// <summary>OpenAI's <c>o200k_base</c>, the encoding of its newer chat models. The IDs are converted to text.</summary>
    O200kBase,

    /// <summary>The vocabulary of the model that answers the request (<c>T5Tokenizer</c>). The model runs on the IDs as they are.</summary>
    Model,
}
