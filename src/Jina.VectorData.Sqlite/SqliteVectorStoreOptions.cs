using Microsoft.Extensions.AI;

namespace Jina.VectorData.Sqlite;

/// <summary>Options of a <see cref="SqliteVectorStore"/>. Read once, when the store is constructed.</summary>
public sealed class SqliteVectorStoreOptions
{
    /// <summary>The default of <see cref="MaxVectorCacheBytes"/>: 1 GiB, some 500,000 vectors of 512 dimensions.</summary>
    public const long DefaultMaxVectorCacheBytes = 1L << 30;

    /// <summary>Creates options with the default values.</summary>
    public SqliteVectorStoreOptions()
    {
    }

    /// <summary>Creates a copy.</summary>
    /// <param name="source">The options to copy; null for the default values.</param>
    public SqliteVectorStoreOptions(SqliteVectorStoreOptions? source)
    {
        EmbeddingGenerator = source?.EmbeddingGenerator;
        MaxVectorCacheBytes = source?.MaxVectorCacheBytes ?? DefaultMaxVectorCacheBytes;
    }

    /// <summary>The generator for the vector properties of collections that name none themselves.</summary>
    /// <value>The default is null; a store that is registered in a container then uses the container's <see cref="IEmbeddingGenerator"/>.</value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>How much memory the vectors of all collections together may take, in bytes.</summary>
    /// <value>
    /// The default is <see cref="DefaultMaxVectorCacheBytes"/>. Vectors are kept after the first search of their
    /// collection; those longest unused go first. A collection whose vectors are more than this is read from the file by
    /// every search: exact all the same, but slower.
    /// </value>
    public long MaxVectorCacheBytes { get; set; } = DefaultMaxVectorCacheBytes;
}
