using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>A collection whose records are dictionaries, described by a definition instead of a .NET type. Works with Native AOT.</summary>
public sealed class SqliteDynamicCollection : SqliteCollection<object, Dictionary<string, object?>>
{
    /// <summary>Opens a collection; the file is first touched by the first call.</summary>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="name">The collection's name, which its table gets, too.</param>
    /// <param name="options">The options, with the definition of the records.</param>
    /// <exception cref="ArgumentException">The connection string or the name cannot be used, or there is no definition.</exception>
    /// <exception cref="NotSupportedException">The definition has a property that cannot be stored.</exception>
    public SqliteDynamicCollection(string connectionString, string name, SqliteCollectionOptions options)
        : this(new Database(connectionString), new VectorCache(NotNull(options).MaxVectorCacheBytes), name, options, ownsDatabase: true)
    {
    }

    internal SqliteDynamicCollection(Database database, VectorCache cache, string name, SqliteCollectionOptions options, bool ownsDatabase)
        : base(database, cache, name, ModelOf(options), options, ownsDatabase)
    {
    }

    private static SqliteCollectionOptions NotNull(SqliteCollectionOptions? options) => options ?? throw new ArgumentNullException(nameof(options));

    private static CollectionModel ModelOf(SqliteCollectionOptions options) => new RecordModelBuilder().BuildDynamic(
        options.Definition ?? throw new ArgumentException("A dynamic collection needs a definition of its records. Set Definition.", nameof(options)),
        options.EmbeddingGenerator);
}
