namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Represents the statuses and codes of a rejection in each shape. docs/server.md and docs/dialects.md list them.</summary>
/// <param name="OpenAIStatus">The HTTP status in the shapes of OpenAI and Ollama.</param>
/// <param name="OpenAIType">The error type in the OpenAI shape.</param>
/// <param name="OpenAICode">The error code in the OpenAI shape, or <see langword="null"/>.</param>
/// <param name="JinaStatus">The HTTP status in the Jina shape.</param>
/// <param name="JinaCode">The error code in the Jina shape.</param>
/// <param name="InferenceStatus">The HTTP status in the shape of Text Embeddings Inference.</param>
/// <param name="InferenceType">The error type in the shape of Text Embeddings Inference.</param>
internal sealed record RejectionCodes(
    int OpenAIStatus,
    string OpenAIType,
    string? OpenAICode,
    int JinaStatus,
    string JinaCode,
    int InferenceStatus,
    string InferenceType)
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Validation = "Validation";
    private const string Overloaded = "Overloaded";

    /// <summary>Returns the statuses and codes of a kind of rejection.</summary>
    public static RejectionCodes From(RejectionKind kind) => kind switch
    {
        RejectionKind.InvalidBody => new(400, InvalidRequest, null, 422, "INPUT_INVALID", 422, Validation),
        RejectionKind.ModelNotFound => new(404, InvalidRequest, "model_not_found", 404, "INPUT_MODEL_NOT_FOUND", 404, Validation),
        RejectionKind.InputTooLong =>
            new(400, InvalidRequest, "context_length_exceeded", 400, "INPUT_TOKEN_LIMIT_EXCEEDED", 422, Validation),
        RejectionKind.BodyTooLarge => new(413, InvalidRequest, "request_too_large", 413, "INPUT_TOO_LARGE", 413, Validation),
        RejectionKind.TooManyInputs => new(413, InvalidRequest, "too_many_inputs", 413, "INPUT_TOO_MANY", 422, Validation),
        RejectionKind.TooManyTokens =>
            new(413, InvalidRequest, "max_tokens_per_request", 413, "INPUT_TOKEN_LIMIT_EXCEEDED", 422, Validation),
        RejectionKind.BodyTimeout => new(408, InvalidRequest, "request_timeout", 408, "REQUEST_TIMEOUT", 408, Validation),
        RejectionKind.MediaType => new(415, InvalidRequest, "unsupported_media_type", 415, "INPUT_INVALID", 415, Validation),
        RejectionKind.MissingKey => new(401, InvalidRequest, null, 401, "AUTH_MISSING_API_KEY", 401, Validation),
        RejectionKind.WrongKey => new(401, InvalidRequest, "invalid_api_key", 401, "AUTH_INVALID_API_KEY", 401, Validation),
        RejectionKind.OtherOrigin => new(403, InvalidRequest, "origin_not_allowed", 403, "INPUT_INVALID", 403, Validation),
        RejectionKind.TooManyRequests =>
            new(429, "requests", "rate_limit_exceeded", 429, "RATE_CONCURRENCY_LIMIT_EXCEEDED", 429, Overloaded),
        RejectionKind.Unavailable => new(503, "server_error", "service_unavailable", 503, "SERVICE_UNAVAILABLE", 503, Overloaded),
        _ => new(500, "server_error", "internal_error", 500, "INTERNAL_ERROR", 424, "Backend"),
    };
}
