using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>A collection of records in a SQLite file, searched by vector, by keyword, or both.</summary>
/// <typeparam name="TKey">The type of the key: string, Guid, int, long, or another integer type.</typeparam>
/// <typeparam name="TRecord">The type of the records: a class with a parameterless constructor.</typeparam>
/// <remarks>
/// <para>
/// Search is exact: the query is compared with every vector whose record meets the filter. The distance function is that
/// of the vector property, cosine similarity where it names none; index kinds change nothing.
/// </para>
/// <para>
/// Safe for concurrent use. Readers go on beside one writer, in this process or others; writers wait for each other. A
/// batch is one transaction: it is stored as a whole or, if anything fails, not at all. SQLite has no asynchronous input
/// and output: the work runs on the thread pool.
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
    private readonly CollectionAccess _access;
    private readonly RecordReader<TRecord> _reader;
    private readonly RecordWriter _writer;
    private readonly CollectionSearch _search;
    private readonly VectorStoreCollectionMetadata _metadata;

    /// <summary>Opens a collection; the file is first touched by the first call.</summary>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="name">The collection's name, which its table gets, too.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <exception cref="ArgumentException">The connection string or the name cannot be used.</exception>
    /// <exception cref="NotSupportedException">The record type has a property that cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The record type or definition contradicts itself, or needs an embedding generator.</exception>
    [RequiresDynamicCode("Maps a .NET type at run time. For Native AOT use SqliteDynamicCollection.")]
    [RequiresUnreferencedCode("Maps a .NET type at run time. For trimmed apps use SqliteDynamicCollection.")]
    public SqliteCollection(string connectionString, string name, SqliteCollectionOptions? options = null)
        : this(new Database(connectionString), new VectorCache((options ??= new()).MaxVectorCacheBytes), name, ModelOf(options), options, ownsDatabase: true)
    {
    }

    internal SqliteCollection(Database database, VectorCache cache, string name, CollectionModel model, SqliteCollectionOptions options, bool ownsDatabase)
    {
        var tables = new CollectionTables(name, model, options.FullTextTokenizer);
        (_database, _ownsDatabase, _cache, _model) = (database, ownsDatabase, cache, model);
        _access = new CollectionAccess(name, model, tables);
        _reader = new RecordReader<TRecord>(model, tables);
        _writer = new RecordWriter(model, tables);
        _search = new CollectionSearch(tables, cache);
        Name = name;
        _metadata = new() { VectorStoreSystemName = Operation.SystemName, VectorStoreName = database.Name, CollectionName = name };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync((connection, _) => Catalog.Find(connection, Name) is not null, cancellationToken);

    /// <summary>Creates the collection, or makes sure that the one in the file fits the record type and the embedding model.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="VectorStoreException">The collection in the file does not fit, or the database failed.</exception>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) =>
        WriteAsync((connection, operation) => _access.Ensure(connection, operation), cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        CollectionDeletion.RunAsync(_database, _cache, Name, cancellationToken);

    /// <inheritdoc/>
    public override async Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await GetManyAsync([key], options, cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Gets the records of keys, in the order of the keys; keys that are not there are left out.</summary>
    /// <param name="keys">The keys, read once.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public override async IAsyncEnumerable<TRecord> GetAsync(IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var record in await GetManyAsync([.. keys], options, cancellationToken).ConfigureAwait(false))
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<TRecord> GetAsync(Expression<Func<TRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var where = FilterTranslator.Translate(filter, _model);
        var page = $"{where.Sql} ORDER BY {OrderClause.Of(options.OrderBy, _model)} LIMIT {top} OFFSET {options.Skip}";
        var select = _reader.Select(WithVectors(options.IncludeVectors), page);
        var records = await ReadAsync((connection, operation) =>
        {
            _access.Require(connection, operation);
            return connection.Query(select, _reader.Read, [.. where.Parameters]);
        }, cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Stores records, in one transaction; those whose keys are there replace what is stored. Embeddings are made before.</summary>
    /// <param name="records">The records, read once. With a generated key, that key is set in the record.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is stored.</param>
    /// <exception cref="ArgumentException">A vector or key does not fit the collection.</exception>
    /// <exception cref="VectorStoreException">The database failed; nothing was stored.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var all = records.ToList<object>();
        if (all.Count == 0)
        {
            return;
        }

        if (_model.EmbeddingGenerationRequired)
        {
            // A collection of another model is refused before the embeddings are paid for.
            await ReadAsync((connection, operation) => _access.RequireWhole(connection, operation), cancellationToken).ConfigureAwait(false);
        }

        var vectors = await VectorValues.OfRecordsAsync(_model, all, cancellationToken).ConfigureAwait(false);
        await WriteAsync((connection, operation) => _writer.Write(connection, _access.RequireWhole(connection, operation), all, vectors, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([key], cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var all = keys.Cast<object>().ToList();
        if (all.Count > 0)
        {
            await WriteAsync((connection, operation) =>
            {
                _access.Require(connection, operation);
                _writer.Remove(connection, all, cancellationToken);
            }, cancellationToken).ConfigureAwait(false);
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
    private static CollectionModel ModelOf(SqliteCollectionOptions options) => typeof(TRecord) == typeof(Dictionary<string, object?>)
        ? throw new NotSupportedException(VectorDataStrings.NonDynamicCollectionWithDictionaryNotSupported(typeof(SqliteDynamicCollection)))
        : new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), options.Definition, options.EmbeddingGenerator);

    private Task<List<TRecord>> GetManyAsync(IReadOnlyList<TKey> keys, RecordRetrievalOptions? options, CancellationToken cancellationToken)
    {
        var withVectors = WithVectors(options?.IncludeVectors ?? false);
        return ReadAsync((connection, operation) =>
        {
            _access.Require(connection, operation);
            return _reader.ReadEach(connection, withVectors, _reader.HasKey, keys.Select(key => _writer.EncodeKey(key)));
        }, cancellationToken, nameof(GetAsync));
    }

    /// <summary>A vector that was made of an input cannot be put back where the input was.</summary>
    private bool WithVectors(bool include) => include && _model.EmbeddingGenerationRequired
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration)
        : include;

    private Task<T> ReadAsync<T>(Func<SqliteConnection, Operation, T> work, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        var operation = new Operation(name, _database.Name, Name);
        return _database.ReadAsync(operation, connection => work(connection, operation), cancellationToken);
    }

    private Task<bool> WriteAsync(Action<SqliteConnection, Operation> work, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        var operation = new Operation(name, _database.Name, Name);
        return _database.WriteAsync(operation, connection =>
        {
            work(connection, operation);
            return true;
        }, cancellationToken);
    }
}
