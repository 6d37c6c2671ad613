using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>One-line calls for the two things that people do first: embed some sentences, compare two of them.</summary>
public static class JinaEmbeddingExtensions
{
    /// <summary>Embeds texts and returns bare vectors.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="texts">The texts.</param>
    /// <returns>One vector per text, in the order given.</returns>
    /// <exception cref="ArgumentNullException">The generator, the texts or one of them is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public static Task<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(this IEmbeddingGenerator<string, Embedding<float>> generator, params string[] texts) =>
        generator.EncodeAsync(texts, CancellationToken.None);

    /// <summary>Embeds texts and returns bare vectors.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="texts">The texts, enumerated once.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One vector per text, in the order given.</returns>
    /// <exception cref="ArgumentNullException">The generator, the texts or one of them is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(
        this IEmbeddingGenerator<string, Embedding<float>> generator, IEnumerable<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var embeddings = await generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }

    /// <summary>Compares two embeddings by the cosine of the angle between them.</summary>
    /// <param name="embedding">One embedding.</param>
    /// <param name="other">Another, of the same dimension.</param>
    /// <returns>From -1 to 1, higher for texts of like meaning; NaN if one of the two is the zero vector.</returns>
    /// <exception cref="ArgumentException">The dimensions differ, or are 0.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> or <paramref name="other"/> is null.</exception>
    public static float CosineSimilarity(this Embedding<float> embedding, Embedding<float> other)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(other);
        return embedding.Vector.CosineSimilarity(other.Vector);
    }

    /// <summary>Compares two vectors by the cosine of the angle between them.</summary>
    /// <param name="vector">One vector.</param>
    /// <param name="other">Another, of the same dimension.</param>
    /// <returns>From -1 to 1, higher for texts of like meaning; NaN if one of the two is the zero vector.</returns>
    /// <exception cref="ArgumentException">The dimensions differ, or are 0.</exception>
    public static float CosineSimilarity(this ReadOnlyMemory<float> vector, ReadOnlyMemory<float> other) =>
        TensorPrimitives.CosineSimilarity(vector.Span, other.Span);
}
