using Jina.Retrieval;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Retrieval;

#pragma warning disable SKEXP0001 // Text search is experimental. It is a service that callers resolve, not part of a signature.
/// <summary>Creates text searches over collections.</summary>
internal static class RecordSearch
{
    /// <exception cref="InvalidOperationException">
    /// The record type does not define the text of a search result, or the collection has no hybrid search but the options need it.
    /// </exception>
    public static VectorStoreTextSearch<TRecord> Create<TRecord>(
        IVectorSearchable<TRecord> collection, JinaRetrievalOptions<TRecord> options)
        where TRecord : class
    {
        var searchable = options.ToKeywords is { } toKeywords ? collection.AsHybridSearchable(toKeywords) : collection;
        if (options.ToResult is { } toResult)
        {
            return new VectorStoreTextSearch<TRecord>(
                searchable, record => toResult((TRecord)record).Value, record => toResult((TRecord)record));
        }

        if (!typeof(TRecord).GetProperties().Any(property => property.IsDefined(typeof(TextSearchResultValueAttribute), inherit: true)))
        {
            throw new InvalidOperationException(
                $"No property of {typeof(TRecord).Name} is marked as the text of a search result. "
                + $"Put [TextSearchResultValue] on one, or set {nameof(JinaRetrievalOptions<>.ToResult)}.");
        }

        return new VectorStoreTextSearch<TRecord>(searchable);
    }
}
#pragma warning restore SKEXP0001
