using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Converts float embeddings, or a generator of them, to int8 or binary embeddings.</summary>
public static class EmbeddingQuantizationExtensions
{
    /// <summary>Creates a generator of int8 embeddings on top of a float generator.</summary>
    /// <param name="generator">The float generator. The new generator owns it and disposes it.</param>
    /// <returns>The generator of int8 embeddings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    public static Int8EmbeddingGenerator AsInt8Embeddings(this IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new Int8EmbeddingGenerator(generator);
    }

    /// <summary>Creates a generator of binary embeddings on top of a float generator.</summary>
    /// <param name="generator">The float generator. The new generator owns it and disposes it.</param>
    /// <returns>The generator of binary embeddings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    public static BinaryEmbeddingGenerator AsBinaryEmbeddings(this IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new BinaryEmbeddingGenerator(generator);
    }

    /// <summary>Converts a float embedding to an int8 embedding, as <see cref="Int8EmbeddingGenerator"/> does.</summary>
    /// <param name="embedding">The float embedding.</param>
    /// <returns>An embedding of the same dimension, with components from -127 to 127.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static Embedding<sbyte> ToInt8Embedding(this Embedding<float> embedding) => Int8Vector.Quantize(Checked(embedding));

    /// <summary>Converts a float embedding to a binary embedding, as <see cref="BinaryEmbeddingGenerator"/> does.</summary>
    /// <param name="embedding">The float embedding.</param>
    /// <returns>An embedding of the same dimension, with one bit per component.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static BinaryEmbedding ToBinaryEmbedding(this Embedding<float> embedding) => BitVector.Quantize(Checked(embedding));

    private static Embedding<float> Checked(Embedding<float> embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        FiniteVector.ThrowIfNotFinite(embedding.Vector.Span, position: null);
        return embedding;
    }
}
