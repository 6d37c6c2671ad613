using System.Text.Json;
using System.Text.Json.Serialization;
using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the definition of a collection, as the file stores it.</summary>
/// <param name="Columns">The columns of the key and the data, the key first.</param>
/// <param name="Vectors">The vector properties.</param>
/// <param name="FullText">The columns that have a full-text index.</param>
internal sealed record CollectionDefinition(
    IReadOnlyList<CollectionDefinition.DataColumn> Columns,
    IReadOnlyList<VectorColumn> Vectors,
    IReadOnlyList<string> FullText)
{
    /// <summary>Creates the definition of a model's collection.</summary>
    public static CollectionDefinition From(CollectionModel model, CollectionTables tables) => new(
        [.. tables.Columns().Select(property => new DataColumn(property.StorageName, ColumnFormat.Get(property.Type).Affinity))],
        [.. model.VectorProperties.Select(VectorColumn.From)],
        [.. tables.FullTextProperties.Select(property => property.StorageName)]);

    /// <summary>Reads the definition of a collection from the catalog.</summary>
    /// <param name="json">The stored definition.</param>
    /// <param name="name">The collection's name.</param>
    /// <exception cref="DamagedDatabaseException">The JSON is not a definition.</exception>
    public static CollectionDefinition Parse(string json, string name)
    {
        CollectionDefinition? definition;
        try
        {
            definition = JsonSerializer.Deserialize(json, CollectionDefinitionJson.Default.CollectionDefinition);
        }
        catch (JsonException error)
        {
            throw Damaged($"is not the JSON object of a definition (line {error.LineNumber}, byte {error.BytePositionInLine})", error);
        }

        return definition switch
        {
            null => throw Damaged("is null"),
            { Columns: null or [] } => throw Damaged("has no 'columns'"),
            { Vectors: null } => throw Damaged("has no 'vectors'"),
            { FullText: null } => throw Damaged("has no 'fullText'"),
            _ when definition.Columns.Any(column => column is null or { Name: null or "" } or { Type: null or "" }) =>
                throw Damaged("has a column without a name or type"),
            _ when definition.Vectors.Any(vector => vector is null or { Column: null or "" } or { Dimensions: < 1 }) =>
                throw Damaged("has a vector without a column or dimensions"),
            _ when definition.FullText.Any(string.IsNullOrEmpty) => throw Damaged("has a full-text index without a name"),
            _ => definition,
        };

        DamagedDatabaseException Damaged(string fault, Exception? inner = null) =>
            DamagedDatabaseException.OfCatalog(name, $"its 'definition' {fault}", inner);
    }

    public string ToJson() => JsonSerializer.Serialize(this, CollectionDefinitionJson.Default.CollectionDefinition);

    /// <summary>Describes how the columns and indexes differ from those of a model; the collection can have more than the model.</summary>
    /// <returns>A predicate for a message, or <see langword="null"/> if the collection has everything in the model.</returns>
    public string? FindMismatch(CollectionModel model, CollectionTables tables)
    {
        if (tables.Columns().Select(FindMismatch).OfType<string>().FirstOrDefault() is { } mismatch)
        {
            return mismatch;
        }

        if (model.VectorProperties.FirstOrDefault(property => FindVectors(property) is null) is { } vector)
        {
            return $"has no vectors '{vector.StorageName}'. Create another collection, or use the record type that created this one.";
        }

        return tables.FullTextProperties.FirstOrDefault(property => !FullText.Contains(property.StorageName)) is not { } text ? null
            : $"has no full-text index of '{text.StorageName}'. "
                + "Create another collection and copy the records, or remove IsFullTextIndexed from the property.";
    }

    /// <summary>Describes how the vectors differ from those of a model's properties and their generators.</summary>
    /// <returns>A predicate for a message, or <see langword="null"/> if the vectors can be compared.</returns>
    public string? FindVectorMismatch(CollectionModel model) =>
        model.VectorProperties.Select(property => FindVectors(property)!.FindMismatch(property)).OfType<string>().FirstOrDefault();

    /// <summary>Returns the properties whose vectors differ, or may differ, from those that their generators create now.</summary>
    public IReadOnlyList<VectorPropertyModel> FindOutdated(CollectionModel model) =>
        [.. model.VectorProperties.Where(property => !FindVectors(property)!.Covers(VectorColumn.From(property)))];

    /// <summary>Returns this definition with everything that a model's embedding generators report now and that it does not have.</summary>
    public CollectionDefinition Complete(CollectionModel model) =>
        With(model.VectorProperties.Select(property => FindVectors(property)!.Complete(VectorColumn.From(property))));

    /// <summary>Returns this definition with other definitions of some of its vectors.</summary>
    public CollectionDefinition With(IEnumerable<VectorColumn> replacements) => this with
    {
        Vectors = [.. Vectors.Select(vector => replacements.FirstOrDefault(other => other.Column == vector.Column) ?? vector)],
    };

    /// <summary>Returns the first column, vector or full-text index that a model does not have.</summary>
    public string? FindUnknown(CollectionModel model, CollectionTables tables)
    {
        var known = model.Properties.Select(property => property.StorageName).ToHashSet();
        var stored = Columns.Select(column => column.Name).Concat(Vectors.Select(vector => vector.Column));
        return stored.FirstOrDefault(name => !known.Contains(name))
            ?? FullText.FirstOrDefault(name => !tables.FullTextProperties.Any(property => property.StorageName == name));
    }

    private string? FindMismatch(PropertyModel property)
    {
        var name = property.StorageName;
        if (Columns.FirstOrDefault(column => column.Name == name) is not { } column)
        {
            return $"has no column '{name}' for the property '{property.ModelName}'. It has: "
                + $"{string.Join(", ", Columns.Select(column => column.Name))}. "
                + "Create another collection, or use the record type that created this one.";
        }

        if (property is KeyPropertyModel != (column == Columns[0]))
        {
            return $"has the key '{Columns[0].Name}', not '{name}'. Use the record type that created this collection.";
        }

        var type = ColumnFormat.Get(property.Type).Affinity;
        return column.Type == type ? null
            : $"stores '{name}' as {column.Type}, but the property '{property.ModelName}' ({property.Type.Name}) is stored as {type}. "
                + "Use the record type that created this collection.";
    }

    private VectorColumn? FindVectors(VectorPropertyModel property) =>
        Vectors.FirstOrDefault(vector => vector.Column == property.StorageName);

    /// <summary>Represents a column of the key or of data.</summary>
    internal sealed record DataColumn(string Name, string Type);
}

/// <summary>Serializes a <see cref="CollectionDefinition"/>.</summary>
[JsonSerializable(typeof(CollectionDefinition))]
[JsonSerializable(typeof(VectorColumn[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CollectionDefinitionJson : JsonSerializerContext;
