namespace Jina.VectorData.Sqlite.Search;

/// <summary>The vectors in memory are those of a later state than a transaction sees; a new transaction will do.</summary>
internal sealed class OutdatedTransactionException(long collection) : Exception
{
    /// <summary>The collection's id in the catalog.</summary>
    public long Collection => collection;
}
