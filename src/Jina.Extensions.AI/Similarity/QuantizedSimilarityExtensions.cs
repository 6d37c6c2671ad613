using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Compares two quantized embeddings. The methods allocate nothing and can be called concurrently.</summary>
public static class QuantizedSimilarityExtensions
{
    /// <summary>Returns the cosine of the angle between two int8 embeddings, computed from exact sums.</summary>
    /// <param name="embedding">The first embedding.</param>
    /// <param name="other">The second embedding, of the same dimension. Its scale can differ.</param>
    /// <returns>A value from -1 to 1, higher for texts of similar meaning; NaN if one of the embeddings is the zero vector.</returns>
    /// <exception cref="ArgumentNullException">One of the embeddings is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static float CosineSimilarity(this Embedding<sbyte> embedding, Embedding<sbyte> other)
    {
        ThrowIfDimensionsDiffer(embedding, other);
        return Int8Vector.Cosine(embedding.Vector.Span, other.Vector.Span);
    }

    /// <summary>Returns the number of bits that differ between two binary embeddings.</summary>
    /// <param name="embedding">The first embedding.</param>
    /// <param name="other">The second embedding, of the same dimension.</param>
    /// <returns>A number from 0 to the dimension, lower for texts of similar meaning.</returns>
    /// <exception cref="ArgumentNullException">One of the embeddings is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static int HammingDistance(this BinaryEmbedding embedding, BinaryEmbedding other)
    {
        ThrowIfDimensionsDiffer(embedding, other);
        return BitVector.Distance(embedding.Vector, other.Vector);
    }

    /// <summary>Returns the similarity of two binary embeddings on the scale of a cosine: 1 - 2 * distance / dimension.</summary>
    /// <param name="embedding">The first embedding.</param>
    /// <param name="other">The second embedding, of the same dimension.</param>
    /// <returns>A value from -1 to 1, higher for texts of similar meaning; NaN if the dimension is 0.</returns>
    /// <exception cref="ArgumentNullException">One of the embeddings is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <remarks>This is the cosine of the vectors that have 1 for each set bit and -1 for each other bit.</remarks>
    public static float HammingSimilarity(this BinaryEmbedding embedding, BinaryEmbedding other)
    {
        var distance = embedding.HammingDistance(other);
        return 1 - (2f * distance / embedding.Dimensions);
    }

    private static void ThrowIfDimensionsDiffer(Embedding embedding, Embedding other)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(other);
        if (embedding.Dimensions != other.Dimensions)
        {
            throw new ArgumentException(
                $"The other embedding has {other.Dimensions} dimensions, but this one has {embedding.Dimensions}. "
                + "Compare embeddings of the same model.",
                nameof(other));
        }
    }
}
