using Microsoft.Extensions.AI;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents the options of a <see cref="SqliteVectorStore"/>. They are read once, when the store is constructed.</summary>
public sealed class SqliteVectorStoreOptions
{
    /// <summary>The default of <see cref="MaxVectorCacheBytes"/>: 1 GiB, or about 500,000 vectors of 512 dimensions.</summary>
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

    /// <summary>Gets or sets the maximum memory for the cached vectors of all collections together, in bytes.</summary>
    /// <value>The default is <see cref="DefaultMaxVectorCacheBytes"/>.</value>
    /// <remarks>
    /// Vectors are cached by the first search of their collection, and the least recently used ones are removed first. If the
    /// vectors of a collection exceed the limit, every search reads them from the file: the result is the same, but slower.
    /// </remarks>
    public long MaxVectorCacheBytes { get; set; } = DefaultMaxVectorCacheBytes;
}
