using System.Text.Json.Serialization;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>The JSON form of <see cref="CollectionDefinition"/>.</summary>
[JsonSerializable(typeof(CollectionDefinition))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CollectionDefinitionJson : JsonSerializerContext;
