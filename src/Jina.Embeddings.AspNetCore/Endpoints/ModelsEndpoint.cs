using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Handles <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>, in OpenAI's shape.</summary>
internal sealed class ModelsEndpoint(ApiKeys keys, ServedModels models, DateTimeOffset since)
{
    /// <summary>The name of the route value that has the model's name.</summary>
    public const string IdValue = "id";

    /// <summary>Lists all models.</summary>
    public Task ListAsync(HttpContext context) => HandleAsync(context, () =>
        JsonBody.WriteAsync(
            context.Response, new ModelListBody("list", [.. models.All.Select(Describe)]), JsonBodyContext.Readable.ModelListBody));

    /// <summary>Describes one model.</summary>
    public Task GetAsync(HttpContext context) => HandleAsync(context, () =>
    {
        // The slash of org/name may arrive as %2F, which the server does not decode.
        var id = Uri.UnescapeDataString(context.Request.RouteValues[IdValue] as string ?? string.Empty);
        var model = models.Find(id) ?? throw new RejectedException(models.NotFound(id));
        return JsonBody.WriteAsync(context.Response, Describe(model), JsonBodyContext.Readable.ModelBody);
    });

    private async Task HandleAsync(HttpContext context, Func<Task> writeAsync)
    {
        var requestId = RequestId.Assign(context);
        try
        {
            if (keys.Check(context.Request.Headers.Authorization) is { } rejection)
            {
                throw new RejectedException(rejection);
            }

            await writeAsync().ConfigureAwait(false);
        }
        catch (RejectedException e)
        {
            await RejectionWriter.WriteAsync(context.Response, e.Rejection, RequestShape.OpenAI, requestId).ConfigureAwait(false);
        }
    }

    private ModelBody Describe(ServedModel model) =>
        new(model.Id, "model", since.ToUnixTimeSeconds(), model.Core.Model.Repository?.Split('/')[0] ?? "local");
}
