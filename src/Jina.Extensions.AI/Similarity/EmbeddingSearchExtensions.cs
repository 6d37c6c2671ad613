using System.Numerics.Tensors;
using Jina.Extensions.AI.Similarity;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Finds the embeddings that are most similar to a query, in memory and by comparing all of them.</summary>
/// <remarks>
/// <para>Float and int8 embeddings are compared by their cosine, binary embeddings by
/// <see cref="QuantizedSimilarityExtensions.HammingSimilarity"/>. A score is from -1 to 1, higher for texts of similar meaning.</para>
/// <para>Results are ordered by descending score. Candidates with equal scores keep their order. A candidate whose cosine is not
/// defined (one of the embeddings is the zero vector or contains NaN) has the score NaN and comes last.</para>
/// <para>The candidates are enumerated once, and only the best ones are kept in memory.</para>
/// </remarks>
public static class EmbeddingSearchExtensions
{
    /// <summary>Finds the items whose float embeddings are most similar to a query.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="query">The embedding of the query.</param>
    /// <param name="candidates">The items to search, each with its embedding of the same dimension as the query.</param>
    /// <param name="top">The maximum number of results, at least 1. To get all candidates, pass <see cref="int.MaxValue"/>.</param>
    /// <returns>The most similar items with their scores, the most similar one first.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="query"/> or <paramref name="candidates"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The embedding of a candidate is <see langword="null"/> or has another dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    public static IReadOnlyList<(T Item, float Score)> FindClosest<T>(
        this Embedding<float> query, IEnumerable<(T Item, Embedding<float> Embedding)> candidates, int top) =>
        ClosestCandidates.Find(query, candidates, top, Cosine);

    /// <summary>Finds the float embeddings that are most similar to a query.</summary>
    /// <param name="query">The embedding of the query.</param>
    /// <param name="candidates">The embeddings to search, of the same dimension as the query.</param>
    /// <param name="top">The maximum number of results, at least 1. To get all candidates, pass <see cref="int.MaxValue"/>.</param>
    /// <returns>The positions of the most similar embeddings with their scores, the most similar one first.</returns>
    /// <inheritdoc cref="FindClosest{T}(Embedding{float}, IEnumerable{ValueTuple{T, Embedding{float}}}, int)" path="/exception"/>
    public static IReadOnlyList<(int Index, float Score)> FindClosest(
        this Embedding<float> query, IEnumerable<Embedding<float>> candidates, int top) =>
        ClosestCandidates.Find(query, WithIndex(candidates), top, Cosine);

    /// <summary>Finds the items whose int8 embeddings are most similar to a query.</summary>
    /// <inheritdoc cref="FindClosest{T}(Embedding{float}, IEnumerable{ValueTuple{T, Embedding{float}}}, int)"/>
    public static IReadOnlyList<(T Item, float Score)> FindClosest<T>(
        this Embedding<sbyte> query, IEnumerable<(T Item, Embedding<sbyte> Embedding)> candidates, int top) =>
        ClosestCandidates.Find(query, candidates, top, QuantizedSimilarityExtensions.CosineSimilarity);

    /// <summary>Finds the int8 embeddings that are most similar to a query.</summary>
    /// <inheritdoc cref="FindClosest(Embedding{float}, IEnumerable{Embedding{float}}, int)"/>
    public static IReadOnlyList<(int Index, float Score)> FindClosest(
        this Embedding<sbyte> query, IEnumerable<Embedding<sbyte>> candidates, int top) =>
        ClosestCandidates.Find(query, WithIndex(candidates), top, QuantizedSimilarityExtensions.CosineSimilarity);

    /// <summary>Finds the items whose binary embeddings are most similar to a query.</summary>
    /// <inheritdoc cref="FindClosest{T}(Embedding{float}, IEnumerable{ValueTuple{T, Embedding{float}}}, int)"/>
    public static IReadOnlyList<(T Item, float Score)> FindClosest<T>(
        this BinaryEmbedding query, IEnumerable<(T Item, BinaryEmbedding Embedding)> candidates, int top) =>
        ClosestCandidates.Find(query, candidates, top, QuantizedSimilarityExtensions.HammingSimilarity);

    /// <summary>Finds the binary embeddings that are most similar to a query.</summary>
    /// <inheritdoc cref="FindClosest(Embedding{float}, IEnumerable{Embedding{float}}, int)"/>
    public static IReadOnlyList<(int Index, float Score)> FindClosest(
        this BinaryEmbedding query, IEnumerable<BinaryEmbedding> candidates, int top) =>
        ClosestCandidates.Find(query, WithIndex(candidates), top, QuantizedSimilarityExtensions.HammingSimilarity);

    /// <summary>Selects items whose float embeddings are similar to a query, but not to each other.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="query">The embedding of the query.</param>
    /// <param name="candidates">The items to select from, each with its embedding of the same dimension as the query.</param>
    /// <param name="top">The maximum number of results, at least 1.</param>
    /// <param name="lambda">
    /// The weight of the similarity to the query, from 0 to 1. With 1, only the query counts, as in
    /// <see cref="FindClosest{T}(Embedding{float}, IEnumerable{ValueTuple{T, Embedding{float}}}, int)"/>. With 0, only the difference
    /// from the selected items counts.
    /// </param>
    /// <remarks>
    /// The first result is the item that is most similar to the query. Each further result is the item with the greatest lambda *
    /// similarity to the query - (1 - lambda) * greatest similarity to a selected item. All candidates are kept in memory, and the work
    /// grows with their number times <paramref name="top"/>, so pass the best results of a search. Source: Carbonell and Goldstein,
    /// "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998,
    /// https://doi.org/10.1145/290941.291025.
    /// </remarks>
    /// <returns>The selected items in the order of the selection, each with its similarity to the query.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="query"/> or <paramref name="candidates"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The embedding of a candidate is <see langword="null"/> or has another dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="top"/> is less than 1, or <paramref name="lambda"/> is not from 0 to 1.
    /// </exception>
    public static IReadOnlyList<(T Item, float Score)> FindDiverse<T>(
        this Embedding<float> query, IEnumerable<(T Item, Embedding<float> Embedding)> candidates, int top, float lambda = 0.5f) =>
        DiverseCandidates.Find(query, candidates, top, lambda);

    private static float Cosine(Embedding<float> query, Embedding<float> candidate) =>
        TensorPrimitives.CosineSimilarity(query.Vector.Span, candidate.Vector.Span);

    private static IEnumerable<(int Index, TEmbedding Embedding)> WithIndex<TEmbedding>(IEnumerable<TEmbedding> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return candidates.Select(static (embedding, index) => (index, embedding));
    }
}
