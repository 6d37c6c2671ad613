using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>What is being done, for the exceptions that may come of it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Database">The database's path.</param>
/// <param name="Collection">The collection, where it is about one.</param>
internal sealed record Operation(string Name, string Database, string? Collection = null)
{
    /// <summary>The name under which this store is known to telemetry.</summary>
    public const string SystemName = "sqlite";

    public VectorStoreException Failure(string message, Exception? inner = null) => new(message, inner)
    {
        VectorStoreSystemName = SystemName,
        VectorStoreName = Database,
        CollectionName = Collection,
        OperationName = Name,
    };
}
