using System.Text.Json;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Answers <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>, in OpenAI's shape.</summary>
internal sealed class ModelsEndpoint(ApiKeys keys, ServedModels models, DateTimeOffset since)
{
    public const string IdValue = "id";

    public Task ListAsync(HttpContext context) => AnswerAsync(context, () =>
        JsonSerializer.SerializeToUtf8Bytes(new ModelListBody("list", [.. models.All.Select(Describe)]), BodyJson.Readable.ModelListBody));

    public Task GetAsync(HttpContext context)
    {
        // The slash of org/name may come as %2F, which a server leaves as it is.
        var id = Uri.UnescapeDataString(context.Request.RouteValues[IdValue] as string ?? string.Empty);
        return AnswerAsync(context, () => models.Find(id) is { } model
            ? JsonSerializer.SerializeToUtf8Bytes(Describe(model), BodyJson.Readable.ModelBody)
            : throw new RefusedException(models.NotFound(id)));
    }

    private async Task AnswerAsync(HttpContext context, Func<byte[]> body)
    {
        var requestId = RequestId.Assign(context);
        try
        {
            if (keys.Refuse(context.Request.Headers.Authorization) is { } refusal)
            {
                throw new RefusedException(refusal);
            }

            await JsonBody.WriteAsync(context.Response, body()).ConfigureAwait(false);
        }
        catch (RefusedException e)
        {
            await RefusalWriter.WriteAsync(context.Response, e.Refusal, RequestShape.OpenAI, requestId).ConfigureAwait(false);
        }
    }

    private ModelBody Describe(ServedModel model) =>
        new(model.Id, "model", since.ToUnixTimeSeconds(), model.Core.Model.Repository?.Split('/')[0] ?? "local");
}
