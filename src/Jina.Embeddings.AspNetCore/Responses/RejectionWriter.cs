using System.Globalization;
using System.Text.Json.Serialization;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes rejections in the shape of the request.</summary>
internal static class RejectionWriter
{
    /// <summary>Writes a rejection. The response must not have started.</summary>
    public static Task WriteAsync(HttpResponse response, Rejection rejection, RequestShape shape, string requestId)
    {
        var codes = RejectionCodes.From(rejection.Kind);
        response.StatusCode = shape switch
        {
            RequestShape.Jina => codes.JinaStatus,
            RequestShape.TextEmbeddingsInference => codes.InferenceStatus,
            _ => codes.OpenAIStatus,
        };
        if (rejection.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var types = JsonBodyContext.Readable;
        return shape switch
        {
            RequestShape.Jina => JsonBody.WriteAsync(response, CreateJinaBody(rejection, codes, requestId), types.JinaErrorBody),
            RequestShape.Ollama => JsonBody.WriteAsync(response, new OllamaErrorBody(rejection.Message), types.OllamaErrorBody),
            RequestShape.TextEmbeddingsInference => JsonBody.WriteAsync(
                response, new InferenceErrorBody(rejection.Message, codes.InferenceType), types.InferenceErrorBody),
            _ => JsonBody.WriteAsync(response, CreateOpenAIBody(rejection, codes), types.OpenAIErrorBody),
        };
    }

    private static OpenAIErrorBody CreateOpenAIBody(Rejection rejection, RejectionCodes codes) =>
        new(new OpenAIError(rejection.Message, codes.OpenAIType, rejection.Field, codes.OpenAICode));

    private static JinaErrorBody CreateJinaBody(Rejection rejection, RejectionCodes codes, string requestId)
    {
        JinaFieldError[]? errors = codes.JinaStatus == StatusCodes.Status422UnprocessableEntity
            ? [new JinaFieldError(rejection.Field ?? "body", rejection.Message, "value_error")]
            : null;
        return new JinaErrorBody(rejection.Message, codes.JinaCode, requestId, errors);
    }
}

/// <summary>Represents the error body of OpenAI's interface.</summary>
internal sealed record OpenAIErrorBody(OpenAIError Error);

/// <summary>Represents the content of <see cref="OpenAIErrorBody"/>. All four members are always written.</summary>
internal sealed record OpenAIError(string Message, string Type, string? Param, string? Code);

/// <summary>Represents the error body of Jina's interface.</summary>
/// <param name="Detail">The message.</param>
/// <param name="Code">The error code.</param>
/// <param name="RequestId">The ID that the response's header has, too.</param>
/// <param name="Errors">The fields at fault, with status 422 only.</param>
internal sealed record JinaErrorBody(
    string Detail,
    string Code,
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JinaFieldError>? Errors);

/// <summary>Represents the error body of Ollama's interface.</summary>
internal sealed record OllamaErrorBody(string Error);

/// <summary>Represents the error body of Text Embeddings Inference.</summary>
internal sealed record InferenceErrorBody(string Error, string ErrorType);

/// <summary>Represents an error of one field. Unlike Jina, this server leaves out the field's value, which may be a user's text.</summary>
internal sealed record JinaFieldError(string Field, string Message, string Type);
