using Microsoft.Extensions.VectorData;

namespace Jina.Retrieval;

/// <summary>Finds the passages for a question in a collection.</summary>
/// <remarks>This class is safe for concurrent use if the collection is. It does not dispose the collection.</remarks>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public sealed class PassageRetriever<TRecord>
    where TRecord : class
{
    private readonly IVectorSearchable<TRecord> _collection;
    private readonly Func<TRecord, RetrievedPassage> _toPassage;
    private readonly RetrievalOptions<TRecord> _options;

    /// <summary>Initializes a new instance of the <see cref="PassageRetriever{TRecord}"/> class.</summary>
    /// <param name="collection">The collection. It must exist before the first search, and its store must have a generator.</param>
    /// <param name="toPassage">The function that converts a record to a passage.</param>
    /// <param name="options">The options. If <see langword="null"/>, the defaults are used.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="collection"/> or <paramref name="toPassage"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The options have a function for keywords, but the collection has no hybrid search.
    /// </exception>
    public PassageRetriever(
        IVectorSearchable<TRecord> collection, Func<TRecord, RetrievedPassage> toPassage, RetrievalOptions<TRecord>? options = null)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(toPassage);
        _options = options ?? new();
        _collection = _options.ToKeywords is { } toKeywords ? collection.AsHybridSearchable(toKeywords) : collection;
        _toPassage = toPassage;
    }

    /// <summary>Returns the passages for a question, best first.</summary>
    /// <param name="question">The question, or any other text.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <returns>At most <see cref="RetrievalOptions{TRecord}.Top"/> passages. For a blank question, the list is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="question"/> is <see langword="null"/>.</exception>
    /// <exception cref="VectorStoreException">The search failed, for example because the collection does not exist.</exception>
    public async Task<IReadOnlyList<RetrievedPassage>> FindAsync(string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return string.IsNullOrWhiteSpace(question)
            ? []
            : await _collection.SearchAsync(question, _options.Top, _options.SearchOptions, cancellationToken)
                .Select(result => _toPassage(result.Record))
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
    }
}
