using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents the options of a <see cref="SqliteVectorStore"/>. They are read once, when the store is constructed.</summary>
public sealed class SqliteVectorStoreOptions
{
    /// <summary>The default of <see cref="MaxVectorCacheBytes"/>: 1 GiB, or about two million vectors of 512 dimensions.</summary>
    public const long DefaultMaxVectorCacheBytes = 1L << 30;

    private HybridFusion _hybridFusion = HybridFusion.ConvexCombination();

    /// <summary>Initializes options with the default values.</summary>
    public SqliteVectorStoreOptions()
    {
    }

    /// <summary>Initializes a copy of other options.</summary>
    /// <param name="source">The options to copy. If <see langword="null"/>, the default values are used.</param>
    public SqliteVectorStoreOptions(SqliteVectorStoreOptions? source)
    {
        EmbeddingGenerator = source?.EmbeddingGenerator;
        _hybridFusion = source?.HybridFusion ?? _hybridFusion;
        LoggerFactory = source?.LoggerFactory;
        MaxVectorCacheBytes = source?.MaxVectorCacheBytes ?? DefaultMaxVectorCacheBytes;
    }

    /// <summary>Gets or sets the embedding generator for vector properties whose collection does not specify one.</summary>
    /// <value>
    /// The default is <see langword="null"/>. A store that is registered in a container then uses the container's
    /// <see cref="IEmbeddingGenerator"/>.
    /// </value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>Gets or sets how a hybrid search of the store's collections merges its two rankings.</summary>
    /// <value>The default is <see cref="HybridFusion.ConvexCombination"/> with its default weight.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public HybridFusion HybridFusion
    {
        get => _hybridFusion;
        set => _hybridFusion = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets or sets the factory of the loggers of the store's collections.</summary>
    /// <value>
    /// The default is <see langword="null"/> (no logging). A store that is registered in a container then uses the container's
    /// <see cref="ILoggerFactory"/>.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets the maximum memory for the cached vectors of all collections together, in bytes.</summary>
    /// <value>The default is <see cref="DefaultMaxVectorCacheBytes"/>.</value>
    /// <remarks>
    /// The first search of a collection caches its vectors as int8, or as signs for the index kind <see cref="IndexKind.QuantizedFlat"/>.
    /// The least recently used ones are removed first. If the vectors of a collection exceed the limit, every search reads them as int8
    /// from the file: the result is exact, but the search is slower.
    /// </remarks>
    public long MaxVectorCacheBytes { get; set; } = DefaultMaxVectorCacheBytes;
}
