using System.Text.Json;
using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>What the file remembers of a collection.</summary>
internal sealed record CollectionDefinition(
    IReadOnlyList<CollectionDefinition.DataColumn> Columns,
    IReadOnlyList<CollectionDefinition.VectorColumn> Vectors,
    IReadOnlyList<string> FullText)
{
    /// <summary>Describes the records of a model.</summary>
    public static CollectionDefinition Of(CollectionModel model, CollectionTables tables) => new(
        [.. tables.Columns().Select(property => new DataColumn(property.StorageName, ColumnFormat.Get(property.Type).Affinity))],
        [.. model.VectorProperties.Select(property => new VectorColumn(property.StorageName, property.Dimensions, ModelOf(property)))],
        [.. tables.FullTextProperties.Select(property => property.StorageName)]);

    /// <summary>The id of the embedding model behind a property; null where no generator says one.</summary>
    public static string? ModelOf(VectorPropertyModel property) =>
        (property.EmbeddingGenerator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;

    public string ToJson() => JsonSerializer.Serialize(this, CollectionDefinitionJson.Default.CollectionDefinition);

    public static CollectionDefinition FromJson(string json) =>
        JsonSerializer.Deserialize(json, CollectionDefinitionJson.Default.CollectionDefinition)!;

    /// <summary>A column of the key or of data, the key first.</summary>
    internal sealed record DataColumn(string Name, string Type);

    /// <summary>A vector property, its length, and the model that its vectors come from, where that is known.</summary>
    internal sealed record VectorColumn(string Column, int Dimensions, string? Model);
}
