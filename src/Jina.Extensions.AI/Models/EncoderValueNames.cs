namespace Jina.Extensions.AI.Models;

/// <summary>
/// Contains the names of an encoder graph's inputs and outputs, as the graphs of this library and sentence-transformers' exports have
/// them.
/// </summary>
internal static class EncoderValueNames
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string SentenceEmbedding = "sentence_embedding";
    public const string TokenEmbeddings = "token_embeddings";
}
