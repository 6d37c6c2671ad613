using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Creates, finds and drops a collection in the file, and rejects one that does not fit the record model.</summary>
internal sealed class CollectionSchema(string name, CollectionModel model, CollectionTables tables)
{
    /// <summary>The last definition that fits the model. Most transactions see the same one.</summary>
    private CheckedDefinition? _checked;

    /// <summary>Determines whether the collection exists, and checks it.</summary>
    /// <exception cref="VectorStoreException">The existing collection does not fit.</exception>
    public bool Exists(SqliteConnection connection, Operation operation)
    {
        if (Catalog.Find(connection, name) is not { } found)
        {
            return false;
        }

        Check(found, operation);
        return true;
    }

    /// <summary>Creates the collection, or checks the existing one.</summary>
    /// <exception cref="VectorStoreException">The existing collection or table does not fit.</exception>
    public void EnsureExists(SqliteConnection connection, Operation operation)
    {
        Catalog.Ensure(connection);
        if (Exists(connection, operation))
        {
            return;
        }

        if (Catalog.FindSimilar(connection, name) is { } similar)
        {
            throw operation.Failure(
                $"The database '{operation.Database}' already has a collection '{similar}'. Its name differs from '{name}' by case only, "
                + $"and SQLite does not distinguish such names. Use '{similar}', or choose another name.");
        }

        if (connection.Scalar("SELECT type FROM sqlite_master WHERE name = $1 COLLATE NOCASE", name) is { } type)
        {
            throw operation.Failure(
                $"The database '{operation.Database}' already has a {type} '{name}' that is not a collection of this store. "
                + "Choose another name for the collection.");
        }

        var id = Catalog.Add(connection, name, CollectionDefinition.From(model, tables).ToJson());
        foreach (var statement in tables.CreateStatements(id))
        {
            connection.Execute(statement);
        }
    }

    /// <summary>Returns the collection's state, for reading.</summary>
    /// <exception cref="VectorStoreException">The collection does not exist or does not fit the model.</exception>
    public CollectionState Require(SqliteConnection connection, Operation operation)
    {
        var found = Catalog.Find(connection, name) ?? throw operation.Failure(
            $"The database '{operation.Database}' has no collection '{name}'. "
            + (Catalog.FindSimilar(connection, name) is { } similar
                ? $"It has a collection '{similar}'. The case of names counts."
                : "Call EnsureCollectionExistsAsync on the collection first."));
        Check(found, operation);
        return found;
    }

    /// <summary>Returns the collection's state, for writing. A model without one of the properties would lose its values.</summary>
    /// <exception cref="VectorStoreException">The collection does not exist or does not fit the model.</exception>
    public CollectionState RequireForWriting(SqliteConnection connection, Operation operation)
    {
        var found = Require(connection, operation);
        if (Volatile.Read(ref _checked)!.Unknown is { } unknown)
        {
            throw operation.Failure(
                $"The collection '{name}' in the database '{operation.Database}' has '{unknown}', but the record type does not. "
                + "Writing with it would lose that value. Use the record type that created the collection.");
        }

        return found;
    }

    /// <summary>Drops a collection of any model.</summary>
    /// <returns>The collection's ID in the catalog, or <see langword="null"/> if it does not exist.</returns>
    public static long? Drop(SqliteConnection connection, string name)
    {
        if (Catalog.Find(connection, name) is not { } found)
        {
            return null;
        }

        // The tables are found by their names, so that a collection with a damaged definition can be dropped, too.
        var tables = connection.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0));
        foreach (var statement in CollectionTables.DropStatements(name, tables))
        {
            connection.Execute(statement);
        }

        Catalog.Remove(connection, found.Id);
        return found.Id;
    }

    private void Check(CollectionState found, Operation operation)
    {
        if (Volatile.Read(ref _checked)?.Json == found.Definition)
        {
            return;
        }

        var stored = CollectionDefinition.Parse(found.Definition, name);
        if (stored.FindMismatch(model, tables) is { } mismatch)
        {
            throw operation.Failure($"The collection '{name}' in the database '{operation.Database}' {mismatch}");
        }

        Volatile.Write(ref _checked, new CheckedDefinition(found.Definition, stored.FindUnknown(model, tables)));
    }

    /// <summary>Represents a stored definition that fits the model, and its first part that the model does not have.</summary>
    private sealed record CheckedDefinition(string Json, string? Unknown);
}
