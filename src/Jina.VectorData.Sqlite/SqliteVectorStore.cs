using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>A vector store in a SQLite file: no server, exact search.</summary>
/// <remarks>
/// Safe for concurrent use; one instance per file is best, as its collections share a writer and the vectors in memory.
/// Other processes may use the file at the same time. Disposing the store closes the file; collections that it handed
/// out cannot be used afterwards.
/// </remarks>
public sealed class SqliteVectorStore : VectorStore
{
    private readonly Database _database;
    private readonly VectorCache _cache;
    private readonly IEmbeddingGenerator? _embeddingGenerator;
    private readonly VectorStoreMetadata _metadata;

    /// <summary>Opens a store; the file is first touched by the first call.</summary>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>; <c>Data Source=:memory:</c> keeps everything in memory until the store is disposed.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public SqliteVectorStore(string connectionString, SqliteVectorStoreOptions? options = null)
    {
        options ??= new();
        _database = new Database(connectionString);
        _cache = new VectorCache(options.MaxVectorCacheBytes);
        _embeddingGenerator = options.EmbeddingGenerator;
        _metadata = new() { VectorStoreSystemName = Operation.SystemName, VectorStoreName = _database.Name };
    }

    /// <summary>How much memory the vectors take that searches keep at hand, in bytes; at most <see cref="SqliteVectorStoreOptions.MaxVectorCacheBytes"/>.</summary>
    public long VectorCacheBytes => _cache.Bytes;

    /// <inheritdoc/>
    [RequiresDynamicCode("Maps a .NET type at run time. For Native AOT use GetDynamicCollection.")]
    [RequiresUnreferencedCode("Maps a .NET type at run time. For trimmed apps use GetDynamicCollection.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
        {
            throw new ArgumentException(VectorDataStrings.GetCollectionWithDictionaryNotSupported);
        }

        var model = new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), definition, _embeddingGenerator);
        return new SqliteCollection<TKey, TRecord>(_database, _cache, name, model, OptionsFor(definition), ownsDatabase: false);
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new SqliteDynamicCollection(_database, _cache, name, OptionsFor(definition), ownsDatabase: false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var name in await _database.ReadAsync(new Operation(nameof(ListCollectionNamesAsync), _database.Name), Catalog.Names, cancellationToken).ConfigureAwait(false))
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _database.ReadAsync(new Operation(nameof(CollectionExistsAsync), _database.Name, name), connection => Catalog.Find(connection, name) is not null, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return CollectionDeletion.RunAsync(_database, _cache, name, cancellationToken);
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

    private SqliteCollectionOptions OptionsFor(VectorStoreCollectionDefinition? definition) => new()
    {
        Definition = definition,
        EmbeddingGenerator = definition?.EmbeddingGenerator ?? _embeddingGenerator,
    };
}
