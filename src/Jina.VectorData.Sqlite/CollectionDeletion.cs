using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite;

/// <summary>Drops a collection, whatever it holds.</summary>
internal static class CollectionDeletion
{
    /// <summary>Drops the tables and forgets the vectors; does nothing where there is no such collection.</summary>
    public static Task RunAsync(Database database, VectorCache cache, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(new Operation("EnsureCollectionDeletedAsync", database.Name, name), connection =>
        {
            if (Catalog.Find(connection, name) is { } found)
            {
                foreach (var statement in CollectionTables.Drop(name, CollectionDefinition.FromJson(found.Definition)))
                {
                    connection.Execute(statement);
                }

                Catalog.Remove(connection, found.Id);
                cache.Forget(found.Id);
            }

            return true;
        }, cancellationToken);
}
