using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes refusals in the shape that the caller used.</summary>
internal static class RefusalWriter
{
    /// <summary>Writes one; the response must not have begun.</summary>
    public static Task WriteAsync(HttpResponse response, Refusal refusal, RequestShape shape, string requestId)
    {
        var codes = RefusalCodes.Of(refusal.Kind);
        response.StatusCode = shape == RequestShape.OpenAI ? codes.OpenAIStatus : codes.JinaStatus;
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return JsonBody.WriteAsync(
            response,
            shape == RequestShape.OpenAI
                ? JsonSerializer.SerializeToUtf8Bytes(OpenAI(refusal, codes), BodyJson.Readable.OpenAIErrorBody)
                : JsonSerializer.SerializeToUtf8Bytes(Jina(refusal, codes, requestId), BodyJson.Readable.JinaErrorBody));
    }

    private static OpenAIErrorBody OpenAI(Refusal refusal, RefusalCodes codes) =>
        new(new OpenAIError(refusal.Message, codes.OpenAIType, refusal.Field, codes.OpenAICode));

    private static JinaErrorBody Jina(Refusal refusal, RefusalCodes codes, string requestId) => new(
        refusal.Message,
        codes.JinaCode,
        requestId,
        codes.JinaStatus == StatusCodes.Status422UnprocessableEntity ? [new JinaFieldError(refusal.Field ?? "body", refusal.Message, "value_error")] : null);
}
