using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Represents the steps around the encoder, as sentence-transformers' files define them.</summary>
/// <param name="MaxTokens">The most IDs of a text, <c>&lt;/s&gt;</c> included.</param>
/// <param name="Normalize">Whether a Normalize module scales the checkpoint's vectors to unit length.</param>
/// <param name="Dense">The weight of a bias-free Dense module after pooling ([out, in]), or <see langword="null"/>.</param>
internal sealed record SentencePipeline(int MaxTokens, bool Normalize, TensorEntry? Dense);
