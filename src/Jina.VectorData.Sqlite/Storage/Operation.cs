using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the public method that is running, for the exceptions that it can cause.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Database">The database's path.</param>
/// <param name="Collection">The collection's name, or <see langword="null"/> if the method works on the whole store.</param>
internal sealed record Operation(string Name, string Database, string? Collection = null)
{
    /// <summary>The name of this store in telemetry.</summary>
    public const string SystemName = "sqlite";

    public VectorStoreException Failure(string message, Exception? inner = null) => new(MessageText.Of(message), inner)
    {
        VectorStoreSystemName = SystemName,
        VectorStoreName = Database,
        CollectionName = Collection,
        OperationName = Name,
    };
}
