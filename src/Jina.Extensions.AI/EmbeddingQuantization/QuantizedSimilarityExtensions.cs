using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Compares quantised embeddings. Nothing is allocated; any number of threads may compare the same embeddings.</summary>
public static class QuantizedSimilarityExtensions
{
    /// <summary>Compares two int8 embeddings by the cosine of the angle between them; the sums are exact.</summary>
    /// <param name="embedding">One embedding.</param>
    /// <param name="other">Another, of the same dimension; its scale may be another one.</param>
    /// <returns>From -1 to 1, higher for texts of like meaning; NaN if one of the two is the zero vector.</returns>
    /// <exception cref="ArgumentNullException">One of the two is null.</exception>
    /// <exception cref="ArgumentException">The dimensions differ; the message names both.</exception>
    public static float CosineSimilarity(this Embedding<sbyte> embedding, Embedding<sbyte> other)
    {
        ThrowIfUnlike(embedding, other);
        return Int8Vector.Cosine(embedding.Vector.Span, other.Vector.Span);
    }

    /// <summary>Counts the bits in which two binary embeddings differ.</summary>
    /// <param name="embedding">One embedding.</param>
    /// <param name="other">Another, of the same dimension.</param>
    /// <returns>From 0 to the dimension, lower for texts of like meaning.</returns>
    /// <exception cref="ArgumentNullException">One of the two is null.</exception>
    /// <exception cref="ArgumentException">The dimensions differ; the message names both.</exception>
    public static int HammingDistance(this BinaryEmbedding embedding, BinaryEmbedding other)
    {
        ThrowIfUnlike(embedding, other);
        return BitVector.Distance(embedding.Vector, other.Vector);
    }

    /// <summary>
    /// Compares two binary embeddings on the scale of a cosine: 1 - 2 * distance / dimension, which is the cosine of the
    /// vectors that have 1 for a set bit and -1 for another.
    /// </summary>
    /// <param name="embedding">One embedding.</param>
    /// <param name="other">Another, of the same dimension.</param>
    /// <returns>From -1 to 1, higher for texts of like meaning; NaN if the dimension is 0.</returns>
    /// <exception cref="ArgumentNullException">One of the two is null.</exception>
    /// <exception cref="ArgumentException">The dimensions differ; the message names both.</exception>
    public static float HammingSimilarity(this BinaryEmbedding embedding, BinaryEmbedding other)
    {
        var distance = embedding.HammingDistance(other);
        return 1 - (2f * distance / embedding.Dimensions);
    }

    private static void ThrowIfUnlike(Embedding embedding, Embedding other)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(other);
        if (embedding.Dimensions != other.Dimensions)
        {
            throw new ArgumentException(
                $"The other embedding has {other.Dimensions} dimensions, this one {embedding.Dimensions}; compare embeddings of the same model.", nameof(other));
        }
    }
}
