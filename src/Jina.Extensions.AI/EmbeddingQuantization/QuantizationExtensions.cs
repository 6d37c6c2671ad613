using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Smaller embeddings in one line: from a generator of floats, or from an embedding that is there already.</summary>
public static class QuantizationExtensions
{
    /// <summary>Makes a generator of int8 embeddings from a float generator, which then belongs to it.</summary>
    /// <param name="generator">The float generator; disposed with the result.</param>
    /// <returns>The generator of int8 embeddings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static Int8EmbeddingGenerator AsInt8(this IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new Int8EmbeddingGenerator(generator);
    }

    /// <summary>Makes a generator of binary embeddings from a float generator, which then belongs to it.</summary>
    /// <param name="generator">The float generator; disposed with the result.</param>
    /// <returns>The generator of binary embeddings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static BinaryEmbeddingGenerator AsBinary(this IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new BinaryEmbeddingGenerator(generator);
    }

    /// <summary>Quantises an embedding as <see cref="Int8EmbeddingGenerator"/> does.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <returns>An embedding of the same dimension, with components from -127 to 127.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is null.</exception>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static Embedding<sbyte> ToInt8(this Embedding<float> embedding) => Int8Vector.Of(Finite(embedding));

    /// <summary>Quantises an embedding as <see cref="BinaryEmbeddingGenerator"/> does.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <returns>An embedding of the same dimension, one bit each.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is null.</exception>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static BinaryEmbedding ToBinary(this Embedding<float> embedding) => BitVector.Of(Finite(embedding));

    private static Embedding<float> Finite(Embedding<float> embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        FiniteVector.ThrowIfNot(embedding.Vector.Span, position: null);
        return embedding;
    }
}
