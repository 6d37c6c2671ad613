using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>The names of a request's fields.</summary>
internal static class FieldNames
{
    public const string Known =
        "model, input, encoding_format, dimensions, user (OpenAI), embedding_type, normalized, truncate, task, late_chunking (Jina)";

    /// <summary>Finds the field that a property name stands for; null for an unknown one.</summary>
    public static RequestField? Find(ref readonly Utf8JsonReader name) =>
        name.ValueTextEquals("input"u8) ? RequestField.Input
        : name.ValueTextEquals("model"u8) ? RequestField.Model
        : name.ValueTextEquals("encoding_format"u8) ? RequestField.EncodingFormat
        : name.ValueTextEquals("dimensions"u8) ? RequestField.Dimensions
        : name.ValueTextEquals("user"u8) ? RequestField.User
        : name.ValueTextEquals("embedding_type"u8) ? RequestField.EmbeddingType
        : name.ValueTextEquals("normalized"u8) ? RequestField.Normalized
        : name.ValueTextEquals("truncate"u8) ? RequestField.Truncate
        : name.ValueTextEquals("task"u8) ? RequestField.Task
        : name.ValueTextEquals("late_chunking"u8) ? RequestField.LateChunking
        : null;

    /// <summary>Returns a field's name.</summary>
    public static string Of(RequestField field) => field switch
    {
        RequestField.Input => "input",
        RequestField.Model => "model",
        RequestField.EncodingFormat => "encoding_format",
        RequestField.Dimensions => "dimensions",
        RequestField.User => "user",
        RequestField.EmbeddingType => "embedding_type",
        RequestField.Normalized => "normalized",
        RequestField.Truncate => "truncate",
        RequestField.Task => "task",
        _ => "late_chunking",
    };

    /// <summary>Tells whether only Jina's interface has a field.</summary>
    public static bool IsJinas(RequestField field) => field is
        RequestField.EmbeddingType or RequestField.Normalized or RequestField.Truncate or RequestField.Task or RequestField.LateChunking;
}
