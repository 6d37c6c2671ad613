using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Provides short forms for embedding texts and for comparing vectors.</summary>
public static class JinaEmbeddingExtensions
{
    /// <summary>Embeds texts and returns their vectors.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="texts">The texts to embed.</param>
    /// <returns>One vector per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException">The generator, the texts or one of them is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public static Task<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(
        this IEmbeddingGenerator<string, Embedding<float>> generator, params string[] texts) =>
        generator.EncodeAsync(texts, CancellationToken.None);

    /// <summary>Embeds texts and returns their vectors.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="texts">The texts to embed, which are enumerated once.</param>
    /// <param name="cancellationToken">The token that cancels the work.</param>
    /// <returns>One vector per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException">The generator, the texts or one of them is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static async Task<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(
        this IEmbeddingGenerator<string, Embedding<float>> generator,
        IEnumerable<string> texts,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var embeddings = await generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }

    /// <summary>Returns the cosine similarity of two embeddings.</summary>
    /// <param name="embedding">The first embedding.</param>
    /// <param name="other">The second embedding, which has the same dimension.</param>
    /// <returns>A number from -1 to 1, which is higher for texts of similar meaning, or NaN if one of the vectors is zero.</returns>
    /// <exception cref="ArgumentException">The dimensions are different, or they are 0.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> or <paramref name="other"/> is null.</exception>
    public static float CosineSimilarity(this Embedding<float> embedding, Embedding<float> other)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(other);
        return embedding.Vector.CosineSimilarity(other.Vector);
    }

    /// <summary>Returns the cosine similarity of two vectors.</summary>
    /// <param name="vector">The first vector.</param>
    /// <param name="other">The second vector, which has the same dimension.</param>
    /// <returns>A number from -1 to 1, which is higher for texts of similar meaning, or NaN if one of the vectors is zero.</returns>
    /// <exception cref="ArgumentException">The dimensions are different, or they are 0.</exception>
    public static float CosineSimilarity(this ReadOnlyMemory<float> vector, ReadOnlyMemory<float> other) =>
        TensorPrimitives.CosineSimilarity(vector.Span, other.Span);
}
