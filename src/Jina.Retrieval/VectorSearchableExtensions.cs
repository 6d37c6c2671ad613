using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.Retrieval;

/// <summary>Adds hybrid search and a search function to collections.</summary>
public static class VectorSearchableExtensions
{
    /// <summary>Returns a function that searches a collection. Chat models that can call functions use it as a tool.</summary>
    /// <remarks>
    /// The function has one parameter, <c>query</c>. Its result is the text of <see cref="RetrievedPassageExtensions.ToNumberedText"/>,
    /// or a sentence if nothing was found.
    /// </remarks>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="collection">The collection. It must exist before the first search, and its store must have a generator.</param>
    /// <param name="toPassage">The function that converts a record to a passage.</param>
    /// <param name="options">The options of the search. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="name">The name of the function: ASCII letters, digits, underscores and hyphens.</param>
    /// <param name="description">
    /// The description of the function. Chat models read it to decide whether to call the function, so write what the collection is
    /// about.
    /// </param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="collection"/>, <paramref name="toPassage"/> or <paramref name="description"/> is <see langword="null"/>, or
    /// <paramref name="name"/> is <see langword="null"/> or blank.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The options have a function for keywords, but the collection has no hybrid search.
    /// </exception>
    public static AIFunction AsSearchFunction<TRecord>(
        this IVectorSearchable<TRecord> collection,
        Func<TRecord, RetrievedPassage> toPassage,
        RetrievalOptions<TRecord>? options = null,
        string name = "search",
        string description = "Finds the stored passages that are nearest in meaning to a question. Cite them by number.")
        where TRecord : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(description);
        return new SearchFunction<TRecord>(new PassageRetriever<TRecord>(collection, toPassage, options)).Create(name, description);
    }

    /// <summary>Returns a collection whose searches by text use the keywords of the text as well as its vector.</summary>
    /// <remarks>
    /// The records need one string property with a full-text index. The scores are those of the hybrid search. If the function returns
    /// no keywords, only the vector counts.
    /// </remarks>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="collection">The collection. It must implement <see cref="IKeywordHybridSearchable{TRecord}"/>.</param>
    /// <param name="toKeywords">
    /// The function that converts a text to keywords, for example <c>Keywords.FromQuestion</c> of <c>Jina.VectorData.Sqlite</c>.
    /// </param>
    /// <returns>A collection over the same records.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="collection"/> or <paramref name="toKeywords"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The collection has no hybrid search.</exception>
    public static IVectorSearchable<TRecord> AsHybridSearchable<TRecord>(
        this IVectorSearchable<TRecord> collection, Func<string, ICollection<string>> toKeywords)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(toKeywords);
        return new HybridSearchable<TRecord>(collection, toKeywords);
    }
}
