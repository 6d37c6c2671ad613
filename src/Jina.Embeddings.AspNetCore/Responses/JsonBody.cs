using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes the small bodies, those of models and errors.</summary>
internal static class JsonBody
{
    /// <summary>The media type of requests and responses.</summary>
    public const string MediaType = "application/json";

    /// <summary>Serializes a body and writes it with its headers.</summary>
    public static async Task WriteAsync<T>(HttpResponse response, T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        response.ContentType = MediaType;
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes).ConfigureAwait(false);
    }
}

/// <summary>Serializes the small bodies without reflection.</summary>
[JsonSerializable(typeof(OpenAIErrorBody))]
[JsonSerializable(typeof(JinaErrorBody))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
[JsonSerializable(typeof(OllamaErrorBody))]
[JsonSerializable(typeof(OllamaModelListBody))]
[JsonSerializable(typeof(OllamaRunningListBody))]
[JsonSerializable(typeof(OllamaShowBody))]
[JsonSerializable(typeof(OllamaVersionBody))]
[JsonSerializable(typeof(InferenceErrorBody))]
[JsonSerializable(typeof(InferenceInfoBody))]
internal sealed partial class JsonBodyContext : JsonSerializerContext
{
    /// <summary>Gets the context that escapes only what JSON requires, so that messages are readable in a terminal.</summary>
    public static JsonBodyContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
