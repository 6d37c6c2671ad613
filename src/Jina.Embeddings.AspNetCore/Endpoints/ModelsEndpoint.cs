using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Handles <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>, in OpenAI's shape.</summary>
internal sealed class ModelsEndpoint(KeyedRoute route, ServedModels models, DateTimeOffset since)
{
    /// <summary>The name of the route value that has the model's name.</summary>
    public const string IdValue = "id";

    /// <summary>Lists all models.</summary>
    public Task ListAsync(HttpContext context) => route.HandleAsync(context, () =>
        JsonBody.WriteAsync(
            context.Response, new ModelListBody("list", [.. models.All.Select(Describe)]), JsonBodyContext.Readable.ModelListBody));

    /// <summary>Describes one model.</summary>
    public Task GetAsync(HttpContext context) => route.HandleAsync(context, () =>
    {
        // The slash of org/name may arrive as %2F, which the server does not decode.
        var id = Uri.UnescapeDataString(context.Request.RouteValues[IdValue] as string ?? string.Empty);
        var model = models.Find(id) ?? throw new RejectedException(models.NotFound(id));
        return JsonBody.WriteAsync(context.Response, Describe(model), JsonBodyContext.Readable.ModelBody);
    });

    private ModelBody Describe(ServedModel model) =>
        new(model.Id, "model", since.ToUnixTimeSeconds(), model.Core.Model.Repository?.Split('/')[0] ?? "local");
}
