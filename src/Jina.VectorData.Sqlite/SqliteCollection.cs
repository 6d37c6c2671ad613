using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents a collection of records in a SQLite file that can be searched by vector, by keyword, or by both.</summary>
/// <typeparam name="TKey">The type of the key: string, Guid, int, long, or another integer type.</typeparam>
/// <typeparam name="TRecord">The type of the records: a class with a parameterless constructor.</typeparam>
/// <remarks>
/// <para>
/// Search is exact, except for the index kind <see cref="IndexKind.QuantizedFlat"/>. The vector property specifies the distance
/// function; the default is cosine similarity. The kinds of servers, such as <see cref="IndexKind.Hnsw"/>, are searched exactly.
/// </para>
/// <para>
/// Safe for concurrent use. Readers can work while one writer does, in this process or others. Writers wait for each other. A
/// batch is one transaction: if anything fails, nothing of the batch is stored. SQLite has no asynchronous input and output, so
/// the work runs on the thread pool.
/// </para>
/// </remarks>
public partial class SqliteCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly Database _database;
    private readonly bool _ownsDatabase;
    private readonly VectorCache _cache;
    private readonly CollectionModel _model;
    private readonly CollectionSchema _schema;
    private readonly Reembedding _reembedding;
    private readonly RecordReader<TRecord> _reader;
    private readonly RecordWriter _writer;
    private readonly VectorSearch _vectorSearch;
    private readonly KeywordSearch _keywordSearch;
    private readonly HybridFusion _fusion;
    private readonly ILogger _logger;
    private readonly VectorStoreCollectionMetadata _metadata;

    /// <summary>Initializes a collection. The file is opened by the first call of a method.</summary>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="name">The collection's name, which is also the name of its table.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <exception cref="ArgumentException">The connection string or the name is not valid.</exception>
    /// <exception cref="NotSupportedException">The record type has a property that cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">
    /// The record type or definition contradicts itself, or requires an embedding generator.
    /// </exception>
    [RequiresDynamicCode("Maps a .NET type at run time. For Native AOT, use SqliteDynamicCollection.")]
    [RequiresUnreferencedCode("Maps a .NET type at run time. For trimmed apps, use SqliteDynamicCollection.")]
    public SqliteCollection(string connectionString, string name, SqliteCollectionOptions? options = null)
        : this(
            new Database(connectionString),
            new VectorCache((options ??= new()).MaxVectorCacheBytes),
            name,
            CreateModel(options),
            options,
            ownsDatabase: true)
    {
    }

    internal SqliteCollection(
        Database database, VectorCache cache, string name, CollectionModel model, SqliteCollectionOptions options, bool ownsDatabase)
    {
        var tables = new CollectionTables(name, model, options.FullTextTokenizer);
        IndexKinds.Check(model);
        (_database, _ownsDatabase, _cache, _model) = (database, ownsDatabase, cache, model);
        _schema = new CollectionSchema(name, model, tables);
        _reembedding = new Reembedding(model, tables);
        _reader = new RecordReader<TRecord>(model, tables);
        _writer = new RecordWriter(model, tables);
        _vectorSearch = new VectorSearch(tables, cache);
        _keywordSearch = new KeywordSearch(tables);
        _fusion = options.HybridFusion;
        _logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SqliteVectorStore>();
        Name = name;
        _metadata = new() { VectorStoreSystemName = Operation.SystemName, VectorStoreName = database.Name, CollectionName = name };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync((connection, _) => Catalog.Find(connection, Name) is not null, cancellationToken);

    /// <summary>Creates the collection, or checks that the one in the file fits the record type and the embedding model.</summary>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <exception cref="VectorStoreException">The collection in the file does not fit, or the database failed.</exception>
    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        IndexKinds.LogOthers(_logger, Name, _model);

        // A collection in a read-only file can be checked and not created.
        if (!await ReadAsync(_schema.Exists, cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync((connection, operation) =>
            {
                _schema.EnsureExists(connection, operation);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default)
    {
        var dropped = await WriteAsync((connection, _) => CollectionSchema.Drop(connection, Name), cancellationToken).ConfigureAwait(false);
        if (dropped is { } id)
        {
            _cache.Remove(id);
        }
    }

    /// <inheritdoc/>
    public override async Task<TRecord?> GetAsync(
        TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await GetManyAsync([key], options, cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Gets the records of keys, in the order of the keys. Keys without a record are skipped.</summary>
    /// <param name="keys">The keys, which are enumerated once.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>The records.</returns>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys,
        RecordRetrievalOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var record in await GetManyAsync([.. keys], options, cancellationToken).ConfigureAwait(false))
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var where = FilterTranslator.Translate(filter, _model, cancellationToken);
        var includeVectors = CheckIncludeVectors(options.IncludeVectors);
        var select = _reader.SelectPage(where, top, includeVectors, options);
        var records = await ReadAsync((connection, operation) =>
        {
            _schema.Require(connection, operation, includeVectors);
            return where.Run(connection, operation, () => connection.Query(select, _reader.Read, [.. where.Parameters]));
        }, cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsDatabase)
        {
            _database.Dispose();
        }

        base.Dispose(disposing);
    }

    [RequiresDynamicCode("Maps a .NET type at run time.")]
    [RequiresUnreferencedCode("Maps a .NET type at run time.")]
    private static CollectionModel CreateModel(SqliteCollectionOptions options)
    {
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
        {
            throw new NotSupportedException(
                VectorDataStrings.NonDynamicCollectionWithDictionaryNotSupported(typeof(SqliteDynamicCollection)));
        }

        return new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), options.Definition, options.EmbeddingGenerator);
    }

    private Task<List<TRecord>> GetManyAsync(IReadOnlyList<TKey> keys, RecordRetrievalOptions? options, CancellationToken cancellationToken)
    {
        var includeVectors = CheckIncludeVectors(options?.IncludeVectors ?? false);
        return ReadAsync((connection, operation) =>
        {
            _schema.Require(connection, operation, includeVectors);
            var found = _reader.ReadEach(connection, includeVectors, _reader.HasKey, keys.Select(key => _writer.EncodeKey(key)));
            return found.OfType<TRecord>().ToList();
        }, cancellationToken, nameof(GetAsync));
    }

    /// <summary>Rejects the request for vectors if a property holds the embedded input, because a vector does not fit there.</summary>
    private bool CheckIncludeVectors(bool include)
    {
        if (include && _model.EmbeddingGenerationRequired)
        {
            throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration);
        }

        return include;
    }

    private Task<T> ReadAsync<T>(
        Func<SqliteConnection, Operation, T> work, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        var operation = new Operation(name, _database.Name, Name);
        return _database.ReadAsync(operation, connection => work(connection, operation), cancellationToken);
    }

    private Task<T> WriteAsync<T>(
        Func<SqliteConnection, Operation, T> work, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        var operation = new Operation(name, _database.Name, Name);
        return _database.WriteAsync(operation, connection => work(connection, operation), cancellationToken);
    }
}
