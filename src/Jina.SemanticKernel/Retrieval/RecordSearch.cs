using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Retrieval;

/// <summary>Makes a text search of a collection.</summary>
internal static class RecordSearch
{
    /// <exception cref="InvalidOperationException">Nothing says what the text of a record is.</exception>
    public static VectorStoreTextSearch<TRecord> Create<TRecord>(IVectorSearchable<TRecord> collection, Func<TRecord, TextSearchResult>? toResult)
        where TRecord : class
    {
        if (toResult is not null)
        {
            return new VectorStoreTextSearch<TRecord>(collection, record => toResult((TRecord)record).Value, record => toResult((TRecord)record));
        }

        if (!typeof(TRecord).GetProperties().Any(property => property.IsDefined(typeof(TextSearchResultValueAttribute), inherit: true)))
        {
            throw new InvalidOperationException(
                $"No property of {typeof(TRecord).Name} is marked as the text of a search result. Put [TextSearchResultValue] on one, or set {nameof(JinaRetrievalOptions<>.ToResult)}.");
        }

        return new VectorStoreTextSearch<TRecord>(collection);
    }
}
