using Microsoft.Extensions.VectorData;

namespace Jina.Retrieval;

/// <summary>Represents a collection whose searches by text are hybrid.</summary>
internal sealed class HybridSearchable<TRecord> : IVectorSearchable<TRecord>
    where TRecord : class
{
    private readonly IVectorSearchable<TRecord> _collection;
    private readonly IKeywordHybridSearchable<TRecord> _hybrid;
    private readonly Func<string, ICollection<string>> _toKeywords;

    /// <exception cref="InvalidOperationException">The collection has no hybrid search.</exception>
    public HybridSearchable(IVectorSearchable<TRecord> collection, Func<string, ICollection<string>> toKeywords)
    {
        // GetService is not used: it could return the collection behind a wrapper, and the searches would bypass the wrapper.
        _hybrid = collection as IKeywordHybridSearchable<TRecord> ?? throw new InvalidOperationException(
            $"The collection of {typeof(TRecord)} has no hybrid search: {collection.GetType()} does not implement "
            + $"{nameof(IKeywordHybridSearchable<>)}. Use another store, or leave {nameof(RetrievalOptions<>.ToKeywords)} unset.");
        (_collection, _toKeywords) = (collection, toKeywords);
    }

    public IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        if (searchValue is not string question)
        {
            return _collection.SearchAsync(searchValue, top, options, cancellationToken);
        }

        var keywords = _toKeywords(question) ?? throw new InvalidOperationException(
            $"{nameof(RetrievalOptions<>.ToKeywords)} returned null. To search by vector only, return an empty collection.");
        options ??= new();
        var hybridOptions = new HybridSearchOptions<TRecord>
        {
            Filter = options.Filter,
            VectorProperty = options.VectorProperty,
            Skip = options.Skip,
            IncludeVectors = options.IncludeVectors,
            ScoreThreshold = options.ScoreThreshold,
        };
        return _hybrid.HybridSearchAsync(question, keywords, top, hybridOptions, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => _collection.GetService(serviceType, serviceKey);
}
