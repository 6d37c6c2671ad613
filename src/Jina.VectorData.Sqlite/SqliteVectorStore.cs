using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents a vector store with exact search in a SQLite file, without a server.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use. Use one instance per file, because the collections of a store share a writer and the cached
/// vectors. Other processes can use the file at the same time.
/// </para>
/// <para>Disposing the store closes the file. The collections of a disposed store cannot be used.</para>
/// </remarks>
public sealed class SqliteVectorStore : VectorStore
{
    private readonly Database _database;
    private readonly VectorCache _cache;
    private readonly HybridFusion _fusion;
    private readonly ILoggerFactory? _loggerFactory;
    private readonly IEmbeddingGenerator? _embeddingGenerator;
    private readonly VectorStoreMetadata _metadata;

    /// <summary>Initializes a store. The file is opened by the first call of a method.</summary>
    /// <param name="connectionString">
    /// The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>. With <c>Data Source=:memory:</c>, all data
    /// is kept in memory until the store is disposed.
    /// </param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public SqliteVectorStore(string connectionString, SqliteVectorStoreOptions? options = null)
    {
        options ??= new();
        _database = new Database(connectionString);
        _cache = new VectorCache(options.MaxVectorCacheBytes);
        _fusion = options.HybridFusion;
        _loggerFactory = options.LoggerFactory;
        _embeddingGenerator = options.EmbeddingGenerator;
        _metadata = new() { VectorStoreSystemName = Operation.SystemName, VectorStoreName = _database.Name };
    }

    /// <summary>
    /// Gets the memory that the cached vectors use, in bytes; at most <see cref="SqliteVectorStoreOptions.MaxVectorCacheBytes"/>.
    /// </summary>
    public long VectorCacheBytes => _cache.Bytes;

    /// <inheritdoc/>
    [RequiresDynamicCode("Maps a .NET type at run time. For Native AOT, use GetDynamicCollection.")]
    [RequiresUnreferencedCode("Maps a .NET type at run time. For trimmed apps, use GetDynamicCollection.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null)
    {
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
        {
            throw new ArgumentException(VectorDataStrings.GetCollectionWithDictionaryNotSupported);
        }

        var model = new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), definition, _embeddingGenerator);
        return new SqliteCollection<TKey, TRecord>(_database, _cache, name, model, CreateOptions(definition), ownsDatabase: false);
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new SqliteDynamicCollection(_database, _cache, name, CreateOptions(definition), ownsDatabase: false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var operation = new Operation(nameof(ListCollectionNamesAsync), _database.Name);
        foreach (var name in await _database.ReadAsync(operation, Catalog.Names, cancellationToken).ConfigureAwait(false))
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var operation = new Operation(nameof(CollectionExistsAsync), _database.Name, name);
        return _database.ReadAsync(operation, connection => Catalog.Find(connection, name) is not null, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var operation = new Operation(nameof(EnsureCollectionDeletedAsync), _database.Name, name);
        var dropped = await _database.WriteAsync(operation, connection => CollectionSchema.Drop(connection, name), cancellationToken)
            .ConfigureAwait(false);
        if (dropped is { } id)
        {
            _cache.Remove(id);
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _database.Dispose();
        }

        base.Dispose(disposing);
    }

    private SqliteCollectionOptions CreateOptions(VectorStoreCollectionDefinition? definition) => new()
    {
        Definition = definition,
        EmbeddingGenerator = definition?.EmbeddingGenerator ?? _embeddingGenerator,
        HybridFusion = _fusion,
        LoggerFactory = _loggerFactory,
    };
}
