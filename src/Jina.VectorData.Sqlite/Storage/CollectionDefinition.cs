using System.Text.Json;
using System.Text.Json.Serialization;
using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the definition of a collection, as the file stores it.</summary>
/// <param name="Columns">The columns of the key and the data, the key first.</param>
/// <param name="Vectors">The vector properties.</param>
/// <param name="FullText">The columns that have a full-text index.</param>
internal sealed record CollectionDefinition(
    IReadOnlyList<CollectionDefinition.DataColumn> Columns,
    IReadOnlyList<CollectionDefinition.VectorColumn> Vectors,
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

    /// <summary>Describes how this collection differs from a model; it can have more than the model.</summary>
    /// <returns>A predicate for a message, or <see langword="null"/> if the collection has everything in the model.</returns>
    public string? FindMismatch(CollectionModel model, CollectionTables tables)
    {
        var mismatch = tables.Columns().Select(FindMismatch).OfType<string>().FirstOrDefault()
            ?? model.VectorProperties.Select(FindMismatch).OfType<string>().FirstOrDefault();
        if (mismatch is null && tables.FullTextProperties.FirstOrDefault(property => !FullText.Contains(property.StorageName)) is { } text)
        {
            return $"has no full-text index of '{text.StorageName}'. "
                + "Create another collection and copy the records, or remove IsFullTextIndexed from the property.";
        }

        return mismatch;
    }

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

    private string? FindMismatch(VectorPropertyModel property)
    {
        var name = property.StorageName;
        if (Vectors.FirstOrDefault(vector => vector.Column == name) is not { } vector)
        {
            return $"has no vectors '{name}'. Create another collection, or use the record type that created this one.";
        }

        if (vector.Dimensions != property.Dimensions)
        {
            return $"has vectors '{name}' of {vector.Dimensions} dimensions, but the property '{property.ModelName}' has "
                + $"{property.Dimensions}. Store vectors of another length in another collection.";
        }

        var (_, _, model, identity) = VectorColumn.From(property);
        if (vector.Identity is not null && identity is not null && vector.Model == model && vector.Identity != identity)
        {
            return $"has vectors '{name}' of other files of the model '{model}': of '{vector.Identity}', but the embedding generator has "
                + $"'{identity}'. Vectors of two models cannot be compared: use the old files, or embed the texts again into another "
                + "collection or file.";
        }

        return vector.Model is null || model is null || vector.Model == model ? null
            : $"has vectors '{name}' of the model '{vector.Model}', but the embedding generator is '{model}'. Vectors of two models "
                + $"cannot be compared: use '{vector.Model}', or embed the texts again into another collection or file.";
    }

    /// <summary>Represents a column of the key or of data.</summary>
    internal sealed record DataColumn(string Name, string Type);

    /// <summary>Represents a vector property and the model of its vectors, if its embedding generator reports the model's ID.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Dimensions">The length of the vectors.</param>
    /// <param name="Model">The model's ID, or <see langword="null"/>.</param>
    /// <param name="Identity">
    /// The name of the model's files, or <see langword="null"/> if the generator did not report it, as in older collections.
    /// </param>
    internal sealed record VectorColumn(string Column, int Dimensions, string? Model, string? Identity = null)
    {
        /// <summary>The key under which generators of Jina.Extensions.AI report the identity.</summary>
        private const string IdentityKey = "model_identity";

        public static VectorColumn From(VectorPropertyModel property)
        {
            var metadata = property.EmbeddingGenerator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
            var identity = property.EmbeddingGenerator?.GetService(typeof(string), IdentityKey) as string;
            return new(property.StorageName, property.Dimensions, metadata?.DefaultModelId, identity);
        }
    }
}

/// <summary>Serializes a <see cref="CollectionDefinition"/>.</summary>
[JsonSerializable(typeof(CollectionDefinition))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CollectionDefinitionJson : JsonSerializerContext;
