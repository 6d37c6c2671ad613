using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes a body that is in memory; a client that left makes no difference.</summary>
internal static class JsonBody
{
    public const string MediaType = "application/json";

    public static async Task WriteAsync(HttpResponse response, byte[] body)
    {
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body).ConfigureAwait(false);
    }
}
