using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents a collection whose records are dictionaries, described by a definition instead of a .NET type.</summary>
/// <remarks>This type works with Native AOT.</remarks>
public sealed class SqliteDynamicCollection : SqliteCollection<object, Dictionary<string, object?>>
{
    /// <summary>Initializes a collection. The file is opened by the first call of a method.</summary>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="name">The collection's name, which is also the name of its table.</param>
    /// <param name="options">The options, with the definition of the records.</param>
    /// <exception cref="ArgumentException">The connection string or the name is not valid, or the definition is missing.</exception>
    /// <exception cref="NotSupportedException">The definition has a property that cannot be stored.</exception>
    public SqliteDynamicCollection(string connectionString, string name, SqliteCollectionOptions options)
        : this(new Database(connectionString), new VectorCache(NotNull(options).MaxVectorCacheBytes), name, options, ownsDatabase: true)
    {
    }

    internal SqliteDynamicCollection(Database database, VectorCache cache, string name, SqliteCollectionOptions options, bool ownsDatabase)
        : base(database, cache, name, CreateModel(options), options, ownsDatabase)
    {
    }

    private static SqliteCollectionOptions NotNull(SqliteCollectionOptions? options) =>
        options ?? throw new ArgumentNullException(nameof(options));

    private static CollectionModel CreateModel(SqliteCollectionOptions options) => new RecordModelBuilder().BuildDynamic(
        options.Definition
            ?? throw new ArgumentException("A dynamic collection requires a definition of its records. Set Definition.", nameof(options)),
        options.EmbeddingGenerator);
}
