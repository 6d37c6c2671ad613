using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Serializes the small bodies without reflection.</summary>
[JsonSerializable(typeof(OpenAIErrorBody))]
[JsonSerializable(typeof(JinaErrorBody))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
internal sealed partial class BodyJson : JsonSerializerContext
{
    /// <summary>Gets the bodies as people read them in a terminal: an apostrophe is one, and no escape for pages that JSON is not part of.</summary>
    public static BodyJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
