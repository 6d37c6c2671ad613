using System.Numerics.Tensors;
using Jina.Extensions.AI.EmbeddingQuantization;
using Jina.Extensions.AI.Similarity;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Compares all embeddings of a collection with each other, and computes their mean.</summary>
public static class EmbeddingCollectionExtensions
{
    /// <summary>Returns the cosine similarity of each pair of float embeddings.</summary>
    /// <param name="embeddings">The embeddings of the rows, all of the same dimension.</param>
    /// <param name="others">
    /// The embeddings of the columns, of the same dimension. If <see langword="null"/>, the embeddings of the rows are compared
    /// with each other.
    /// </param>
    /// <returns>
    /// A matrix with the similarity of row i and column j at [i, j], from -1 to 1; NaN if one of the two is the zero vector or
    /// contains NaN.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An embedding is <see langword="null"/> or has another dimension than the first one.</exception>
    public static float[,] SimilarityMatrix(this IEnumerable<Embedding<float>> embeddings, IEnumerable<Embedding<float>>? others = null) =>
        ComparePairs(embeddings, others, static (x, y) => TensorPrimitives.CosineSimilarity(x.Vector.Span, y.Vector.Span));

    /// <summary>Returns the cosine similarity of each pair of int8 embeddings.</summary>
    /// <inheritdoc cref="SimilarityMatrix(IEnumerable{Embedding{float}}, IEnumerable{Embedding{float}}?)"/>
    public static float[,] SimilarityMatrix(this IEnumerable<Embedding<sbyte>> embeddings, IEnumerable<Embedding<sbyte>>? others = null) =>
        ComparePairs(embeddings, others, QuantizedSimilarityExtensions.CosineSimilarity);

    /// <summary>
    /// Returns the <see cref="QuantizedSimilarityExtensions.HammingSimilarity"/> of each pair of binary embeddings.
    /// </summary>
    /// <inheritdoc cref="SimilarityMatrix(IEnumerable{Embedding{float}}, IEnumerable{Embedding{float}}?)"/>
    public static float[,] SimilarityMatrix(this IEnumerable<BinaryEmbedding> embeddings, IEnumerable<BinaryEmbedding>? others = null) =>
        ComparePairs(embeddings, others, QuantizedSimilarityExtensions.HammingSimilarity);

    /// <summary>Returns the mean of several embeddings, scaled to unit length.</summary>
    /// <param name="embeddings">The embeddings, at least one, all of the same dimension.</param>
    /// <returns>
    /// An embedding of the same dimension with the <see cref="Embedding.ModelId"/> of the first embedding: of unit length, or
    /// zero if the embeddings cancel each other out.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// The collection is empty, or an embedding is <see langword="null"/> or has another dimension than the first one.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    /// <remarks>
    /// Use it to represent a document by its chunks, or a topic by a few examples. Embeddings of unit length, which are the default
    /// of <see cref="JinaEmbeddingOptions.Normalize"/>, have equal weight; a longer embedding has a larger weight.
    /// </remarks>
    public static Embedding<float> NormalizedMean(this IEnumerable<Embedding<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        Embedding<float>[] all = [.. embeddings];
        if (all.Length == 0)
        {
            throw new ArgumentException("The collection is empty; expected at least one embedding.", nameof(embeddings));
        }

        ThrowIfDimensionsDiffer(all, all[0]?.Dimensions ?? 0, nameof(embeddings));
        var sum = new double[all[0].Dimensions];
        var addend = new double[sum.Length];
        for (var i = 0; i < all.Length; i++)
        {
            FiniteVector.ThrowIfNotFinite(all[i].Vector.Span, i);
            TensorPrimitives.ConvertTruncating<float, double>(all[i].Vector.Span, addend);
            TensorPrimitives.Add<double>(sum, addend, sum);
        }

        // The mean and the sum have the same direction, so dividing the sum by its length is enough.
        var length = TensorPrimitives.Norm<double>(sum);
        if (length > 0)
        {
            TensorPrimitives.Divide(sum, length, sum);
        }

        var mean = new float[sum.Length];
        TensorPrimitives.ConvertTruncating<double, float>(sum, mean);
        return new Embedding<float>(mean) { ModelId = all[0].ModelId };
    }

    private static float[,] ComparePairs<TEmbedding>(
        IEnumerable<TEmbedding> embeddings, IEnumerable<TEmbedding>? others, Func<TEmbedding, TEmbedding, float> similarity)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        TEmbedding[] rows = [.. embeddings];
        TEmbedding[] columns = others is null ? rows : [.. others];
        var dimensions = rows.Concat(columns).FirstOrDefault()?.Dimensions ?? 0;
        ThrowIfDimensionsDiffer(rows, dimensions, nameof(embeddings));
        ThrowIfDimensionsDiffer(columns, dimensions, nameof(others));
        var matrix = new float[rows.Length, columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            // The matrix of a collection with itself is symmetric.
            for (var j = others is null ? i : 0; j < columns.Length; j++)
            {
                matrix[i, j] = similarity(rows[i], columns[j]);
                if (others is null)
                {
                    matrix[j, i] = matrix[i, j];
                }
            }
        }

        return matrix;
    }

    private static void ThrowIfDimensionsDiffer(IReadOnlyList<Embedding> embeddings, int expected, string parameter)
    {
        for (var i = 0; i < embeddings.Count; i++)
        {
            DimensionCheck.ThrowIfDifferent(embeddings[i], expected, i, parameter);
        }
    }
}
