namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>The fields of a request.</summary>
internal enum RequestField
{
    Model,
    Input,
    EncodingFormat,
    Dimensions,
    User,
    EmbeddingType,
    Normalized,
    Truncate,
    Task,
    LateChunking,
}
