using System.Text.Json.Serialization;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Serializes the small bodies without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAIErrorBody))]
[JsonSerializable(typeof(JinaErrorBody))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
internal sealed partial class BodyJson : JsonSerializerContext;
