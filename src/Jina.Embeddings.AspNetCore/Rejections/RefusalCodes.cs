namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Statuses and codes of a refusal in both shapes. docs/server.md tells which of them the cloud is known to use.</summary>
/// <param name="OpenAIStatus">The HTTP status in the OpenAI shape.</param>
/// <param name="OpenAIType">The error's type there.</param>
/// <param name="OpenAICode">The error's code there, or null.</param>
/// <param name="JinaStatus">The HTTP status in the Jina shape.</param>
/// <param name="JinaCode">The error's code there.</param>
internal sealed record RefusalCodes(int OpenAIStatus, string OpenAIType, string? OpenAICode, int JinaStatus, string JinaCode)
{
    private const string InvalidRequest = "invalid_request_error";

    public static RefusalCodes Of(RefusalKind kind) => kind switch
    {
        RefusalKind.InvalidBody => InvalidBody,
        RefusalKind.ModelNotFound => ModelNotFound,
        RefusalKind.InputTooLong => InputTooLong,
        RefusalKind.BodyTooLarge => BodyTooLarge,
        RefusalKind.TooManyInputs => TooManyInputs,
        RefusalKind.TooManyTokens => TooManyTokens,
        RefusalKind.BodyTimeout => BodyTimeout,
        RefusalKind.MediaType => MediaType,
        RefusalKind.MissingKey => MissingKey,
        RefusalKind.WrongKey => WrongKey,
        RefusalKind.TooManyRequests => TooManyRequests,
        RefusalKind.Unavailable => Unavailable,
        _ => Internal,
    };

    private static readonly RefusalCodes InvalidBody = new(400, InvalidRequest, null, 422, "INPUT_INVALID");
    private static readonly RefusalCodes ModelNotFound = new(404, InvalidRequest, "model_not_found", 404, "INPUT_MODEL_NOT_FOUND");
    private static readonly RefusalCodes InputTooLong = new(400, InvalidRequest, "context_length_exceeded", 400, "INPUT_TOKEN_LIMIT_EXCEEDED");
    private static readonly RefusalCodes BodyTooLarge = new(413, InvalidRequest, "request_too_large", 413, "INPUT_TOO_LARGE");
    private static readonly RefusalCodes TooManyInputs = new(413, InvalidRequest, "too_many_inputs", 413, "INPUT_TOO_MANY");
    private static readonly RefusalCodes TooManyTokens = new(413, InvalidRequest, "max_tokens_per_request", 413, "INPUT_TOKEN_LIMIT_EXCEEDED");
    private static readonly RefusalCodes BodyTimeout = new(408, InvalidRequest, "request_timeout", 408, "REQUEST_TIMEOUT");
    private static readonly RefusalCodes MediaType = new(415, InvalidRequest, "unsupported_media_type", 415, "INPUT_INVALID");
    private static readonly RefusalCodes MissingKey = new(401, InvalidRequest, null, 401, "AUTH_MISSING_API_KEY");
    private static readonly RefusalCodes WrongKey = new(401, InvalidRequest, "invalid_api_key", 401, "AUTH_INVALID_API_KEY");
    private static readonly RefusalCodes TooManyRequests = new(429, "requests", "rate_limit_exceeded", 429, "RATE_CONCURRENCY_LIMIT_EXCEEDED");
    private static readonly RefusalCodes Unavailable = new(503, "server_error", "service_unavailable", 503, "SERVICE_UNAVAILABLE");
    private static readonly RefusalCodes Internal = new(500, "server_error", "internal_error", 500, "INTERNAL_ERROR");
}
