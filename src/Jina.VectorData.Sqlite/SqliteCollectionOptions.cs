using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <summary>Options of a <see cref="SqliteCollection{TKey, TRecord}"/>. Read once, when the collection is constructed.</summary>
public sealed class SqliteCollectionOptions : VectorStoreCollectionOptions
{
    /// <summary>The default of <see cref="FullTextTokenizer"/>.</summary>
    public const string DefaultFullTextTokenizer = "porter unicode61 remove_diacritics 2";

    /// <summary>Creates options with the default values.</summary>
    public SqliteCollectionOptions()
    {
    }

    /// <summary>Creates a copy.</summary>
    /// <param name="source">The options to copy; null for the default values.</param>
    public SqliteCollectionOptions(SqliteCollectionOptions? source)
        : base(source)
    {
        FullTextTokenizer = source?.FullTextTokenizer ?? DefaultFullTextTokenizer;
        MaxVectorCacheBytes = source?.MaxVectorCacheBytes ?? SqliteVectorStoreOptions.DefaultMaxVectorCacheBytes;
    }

    /// <summary>How the texts of full-text properties are split into words, as FTS5 names it. Used when the collection is created.</summary>
    /// <value>The default, <c>porter unicode61 remove_diacritics 2</c>, takes English words of one stem as one word.</value>
    public string FullTextTokenizer { get; set; } = DefaultFullTextTokenizer;

    /// <summary>How much memory the vectors of this collection may take, in bytes. A collection of a store shares the store's limit instead.</summary>
    /// <value>The default is 1 GiB. With 0, every search reads the vectors from the file.</value>
    public long MaxVectorCacheBytes { get; set; } = SqliteVectorStoreOptions.DefaultMaxVectorCacheBytes;
}
