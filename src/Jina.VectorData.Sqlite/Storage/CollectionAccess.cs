using Jina.VectorData.Sqlite.Columns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Finds a collection in the file, and refuses one that holds something else than the model says.</summary>
internal sealed class CollectionAccess(string name, CollectionModel model, CollectionTables tables)
{
    /// <summary>The last definition that was found to fit; most transactions see the same one.</summary>
    private Fitting? _fitting;

    /// <summary>Makes the collection, or checks the one that is there.</summary>
    public void Ensure(SqliteConnection connection, Operation operation)
    {
        Catalog.Ensure(connection);
        if (Catalog.Find(connection, name) is { } found)
        {
            Check(found, operation);
            return;
        }

        if (connection.Scalar("SELECT type FROM sqlite_master WHERE name = $1 COLLATE NOCASE", name) is { } type)
        {
            throw operation.Failure($"The database '{operation.Database}' already has a {type} '{name}' that is no collection of this store. Choose another name for the collection.");
        }

        var id = Catalog.Add(connection, name, CollectionDefinition.Of(model, tables).ToJson());
        foreach (var statement in tables.Create(id))
        {
            connection.Execute(statement);
        }
    }

    /// <summary>Returns the collection's state, for reading.</summary>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">There is none, or it holds something else.</exception>
    public CollectionState Require(SqliteConnection connection, Operation operation)
    {
        var found = Catalog.Find(connection, name)
            ?? throw operation.Failure($"There is no collection '{name}' in the database '{operation.Database}'. Call EnsureCollectionExistsAsync on the collection first.");
        Check(found, operation);
        return found;
    }

    /// <summary>Returns the collection's state, for writing: a model that lacks a property would lose its values.</summary>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">There is none, or it holds something else.</exception>
    public CollectionState RequireWhole(SqliteConnection connection, Operation operation)
    {
        var found = Require(connection, operation);
        return Volatile.Read(ref _fitting)!.Unknown is { } unknown
            ? throw operation.Failure($"The collection '{name}' in the database '{operation.Database}' has '{unknown}', which the record type does not. Writing with it would lose that value: use the record type that made the collection.")
            : found;
    }

    private void Check(CollectionState found, Operation operation)
    {
        if (Volatile.Read(ref _fitting)?.Json == found.Definition)
        {
            return;
        }

        var stored = CollectionDefinition.FromJson(found.Definition);
        if (Misfit(stored) is { } misfit)
        {
            throw operation.Failure($"The collection '{name}' in the database '{operation.Database}' {misfit}");
        }

        var known = model.Properties.Select(property => property.StorageName).ToHashSet();
        var unknown = stored.Columns.Select(column => column.Name).Concat(stored.Vectors.Select(vector => vector.Column)).FirstOrDefault(column => !known.Contains(column))
            ?? stored.FullText.FirstOrDefault(text => !tables.FullTextProperties.Any(property => property.StorageName == text));
        Volatile.Write(ref _fitting, new Fitting(found.Definition, unknown));
    }

    /// <summary>Says how a stored collection differs from the model; it may have more than the model asks for.</summary>
    private string? Misfit(CollectionDefinition stored) =>
        tables.Columns().Select(property => Misfit(stored, property)).OfType<string>().FirstOrDefault()
        ?? model.VectorProperties.Select(property => Misfit(stored, property)).OfType<string>().FirstOrDefault()
        ?? tables.FullTextProperties.Where(property => !stored.FullText.Contains(property.StorageName))
            .Select(property => $"was created without a full-text index of '{property.StorageName}'. Create another collection and copy the records, or leave IsFullTextIndexed out.")
            .FirstOrDefault();

    private static string? Misfit(CollectionDefinition stored, PropertyModel property)
    {
        var type = ColumnFormat.Get(property.Type).Affinity;
        var key = property is KeyPropertyModel;
        var column = stored.Columns.FirstOrDefault(column => column.Name == property.StorageName);
        return column is null ? $"has no column '{property.StorageName}' for the property '{property.ModelName}'. It has: {string.Join(", ", stored.Columns.Select(column => column.Name))}. Create another collection, or use the record type that made this one."
            : key != (column == stored.Columns[0]) ? $"has the key '{stored.Columns[0].Name}', not '{property.StorageName}'. Use the record type that made this one."
            : column.Type != type ? $"stores '{property.StorageName}' as {column.Type}, and the property '{property.ModelName}' ({property.Type.Name}) is stored as {type}. Use the record type that made this one."
            : null;
    }

    private static string? Misfit(CollectionDefinition stored, VectorPropertyModel property)
    {
        var column = stored.Vectors.FirstOrDefault(column => column.Column == property.StorageName);
        var asked = CollectionDefinition.ModelOf(property);
        return column is null ? $"has no vectors '{property.StorageName}'. Create another collection, or use the record type that made this one."
            : column.Dimensions != property.Dimensions ? $"holds vectors '{property.StorageName}' of {column.Dimensions} dimensions, and the property '{property.ModelName}' has {property.Dimensions}. Vectors of another length need another collection."
            : column.Model is not null && asked is not null && column.Model != asked ? $"holds vectors '{property.StorageName}' of the model '{column.Model}', and the embedding generator is '{asked}'. Vectors of two models cannot be compared: use '{column.Model}', or embed the texts again into another collection or file."
            : null;
    }

    /// <summary>A stored definition that has all that the model asks for, and the first thing that only it has.</summary>
    private sealed record Fitting(string Json, string? Unknown);
}
