using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Creates, finds and drops a collection in the file, and rejects one that does not fit the record model.</summary>
internal sealed class CollectionSchema(string name, CollectionModel model, CollectionTables tables)
{
    /// <summary>The last definition that fits the model. Most transactions see the same one.</summary>
    private CheckedDefinition? _checked;

    /// <summary>The last definition, as JSON, whose vectors are those of the model's embedding generators.</summary>
    private string? _checkedVectors;

    /// <summary>Determines whether the collection exists, and checks it and its vectors.</summary>
    /// <exception cref="VectorStoreException">The existing collection does not fit.</exception>
    public bool Exists(SqliteConnection connection, Operation operation)
    {
        if (Catalog.Find(connection, name) is not { } found)
        {
            return false;
        }

        Check(found, operation);
        CheckVectors(found, operation);
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
        connection.ExecuteAll(tables.CreateStatements(id));
    }

    /// <summary>Returns the collection's state. Records without vectors can be read and removed with any embedding model.</summary>
    /// <exception cref="VectorStoreException">
    /// The collection does not exist or does not fit the model, or vectors are used and are not those of the embedding generators.
    /// </exception>
    public CollectionState Require(SqliteConnection connection, Operation operation, bool usesVectors)
    {
        var found = Catalog.Find(connection, name) ?? throw operation.Failure(
            $"The database '{operation.Database}' has no collection '{name}'. "
            + (Catalog.FindSimilar(connection, name) is { } similar
                ? $"It has a collection '{similar}'. The case of names counts."
                : "Call EnsureCollectionExistsAsync on the collection first."));
        Check(found, operation);
        if (usesVectors)
        {
            CheckVectors(found, operation);
        }

        return found;
    }

    /// <summary>Returns the collection's state, for writing. A model without one of the properties would lose its values.</summary>
    /// <exception cref="VectorStoreException">
    /// The collection does not exist or does not fit the model, or its vectors are not those of the embedding generators.
    /// </exception>
    public CollectionState RequireForWriting(SqliteConnection connection, Operation operation)
    {
        var found = Require(connection, operation, usesVectors: true);
        if (Volatile.Read(ref _checked)!.Unknown is { } unknown)
        {
            throw operation.Failure(
                $"The collection '{name}' in the database '{operation.Database}' has '{unknown}', but the record type does not. "
                + "Writing with it would lose that value. Use the record type that created the collection.");
        }

        return found;
    }

    /// <summary>Completes the stored definition before the first row is written.</summary>
    /// <remarks>A generator cannot report the files of a model that it has not downloaded yet. Now it has embedded a record.</remarks>
    public void Complete(SqliteConnection connection, CollectionState collection)
    {
        if (collection.LastId == 0)
        {
            var definition = CollectionDefinition.Parse(collection.Definition, name).Complete(model);
            Catalog.SetDefinition(connection, collection.Id, definition.ToJson());
        }
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
        connection.ExecuteAll(CollectionTables.DropStatements(name, connection.TableNames()));

        Catalog.Remove(connection, found.Id);
        Reembedding.Remove(connection, found.Id);
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
            throw Mismatch(operation, mismatch);
        }

        Volatile.Write(ref _checked, new CheckedDefinition(found.Definition, stored.FindUnknown(model, tables)));
    }

    private void CheckVectors(CollectionState found, Operation operation)
    {
        if (Volatile.Read(ref _checkedVectors) == found.Definition)
        {
            return;
        }

        if (CollectionDefinition.Parse(found.Definition, name).FindVectorMismatch(model) is { } mismatch)
        {
            throw Mismatch(operation, mismatch);
        }

        Volatile.Write(ref _checkedVectors, found.Definition);
    }

    private VectorStoreException Mismatch(Operation operation, string mismatch) =>
        operation.Failure($"The collection '{name}' in the database '{operation.Database}' {mismatch}");

    /// <summary>Represents a stored definition that fits the model, and its first part that the model does not have.</summary>
    private sealed record CheckedDefinition(string Json, string? Unknown);
}
