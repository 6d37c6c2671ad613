using System.Text.Json;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the state of a re-embedding that is not finished.</summary>
/// <param name="Vectors">The definitions of the new vectors, as JSON.</param>
/// <param name="LastId">The highest ID of the rows that have been embedded again. These are all rows up to this ID.</param>
/// <param name="Done">The number of rows that have been embedded again.</param>
internal sealed record ReembeddingState(string Vectors, long LastId, long Done)
{
    /// <summary>Creates the state before the first row.</summary>
    public static ReembeddingState CreateEmpty(IReadOnlyList<VectorPropertyModel> properties) => new(Describe(properties), 0, 0);

    /// <summary>Creates the state after a batch of rows.</summary>
    public ReembeddingState Advance(IReadOnlyList<VectorPropertyModel> properties, IReadOnlyList<long> rowIds) =>
        rowIds.Count == 0 ? this : new(Describe(properties), rowIds[^1], Done + rowIds.Count);

    /// <summary>Determines whether the new vectors are those of properties and their embedding generators.</summary>
    public bool Fits(IReadOnlyList<VectorPropertyModel> properties)
    {
        VectorColumn?[]? vectors;
        try
        {
            vectors = JsonSerializer.Deserialize(Vectors, CollectionDefinitionJson.Default.VectorColumnArray);
        }
        catch (JsonException)
        {
            // A state that cannot be read is replaced by a new one.
            return false;
        }

        return vectors?.Length == properties.Count
            && vectors.Zip(properties).All(pair =>
                pair.First?.Column == pair.Second.StorageName && pair.First.FindMismatch(pair.Second) is null);
    }

    private static string Describe(IReadOnlyList<VectorPropertyModel> properties) => JsonSerializer.Serialize(
        properties.Select(VectorColumn.From).ToArray(), CollectionDefinitionJson.Default.VectorColumnArray);
}
