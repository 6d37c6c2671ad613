using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents the options of a <see cref="SqliteCollection{TKey, TRecord}"/>.</summary>
/// <remarks>The options are read once, when the collection is constructed.</remarks>
public sealed class SqliteCollectionOptions : VectorStoreCollectionOptions
{
    /// <summary>The default of <see cref="FullTextTokenizer"/>.</summary>
    public const string DefaultFullTextTokenizer = "porter unicode61 remove_diacritics 2";

    private HybridFusion _hybridFusion = HybridFusion.ConvexCombination();

    /// <summary>Initializes options with the default values.</summary>
    public SqliteCollectionOptions()
    {
    }

    /// <summary>Initializes a copy of other options.</summary>
    /// <param name="source">The options to copy. If <see langword="null"/>, the default values are used.</param>
    public SqliteCollectionOptions(SqliteCollectionOptions? source)
        : base(source)
    {
        FullTextTokenizer = source?.FullTextTokenizer ?? DefaultFullTextTokenizer;
        _hybridFusion = source?.HybridFusion ?? _hybridFusion;
        LoggerFactory = source?.LoggerFactory;
        MaxVectorCacheBytes = source?.MaxVectorCacheBytes ?? SqliteVectorStoreOptions.DefaultMaxVectorCacheBytes;
    }

    /// <summary>Gets or sets the FTS5 tokenizer of full-text properties. It is used when the collection is created.</summary>
    /// <value>The default is <c>porter unicode61 remove_diacritics 2</c>, which matches English words with the same stem.</value>
    public string FullTextTokenizer { get; set; } = DefaultFullTextTokenizer;

    /// <summary>Gets or sets how a hybrid search merges its two rankings.</summary>
    /// <value>The default is <see cref="HybridFusion.ConvexCombination"/> with its default weight.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public HybridFusion HybridFusion
    {
        get => _hybridFusion;
        set => _hybridFusion = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets or sets the factory of the collection's logger.</summary>
    /// <value>
    /// The default is <see langword="null"/> (no logging). A collection that is registered in a container then uses the container's
    /// <see cref="ILoggerFactory"/>.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets the maximum memory for the cached vectors of this collection, in bytes.</summary>
    /// <value>The default is 1 GiB. If 0, every search reads the vectors from the file.</value>
    /// <remarks>A collection of a <see cref="SqliteVectorStore"/> ignores this option and shares the limit of the store.</remarks>
    public long MaxVectorCacheBytes { get; set; } = SqliteVectorStoreOptions.DefaultMaxVectorCacheBytes;
}
