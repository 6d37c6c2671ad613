using System.Net.Mime;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Handles the routes of Ollama's interface that have no body.</summary>
internal sealed class OllamaEndpoint(KeyedRoute route, ServedModels models, OllamaModels descriptions)
{
    /// <summary>The version of Ollama whose interface this is. Clients compare it with the version that they need.</summary>
    private const string Version = "0.33.0";

    private static readonly byte[] Running = "Ollama is running"u8.ToArray();

    /// <summary>Lists all models.</summary>
    public Task ListAsync(HttpContext context) => route.HandleAsync(context, () =>
    {
        var body = new OllamaModelListBody([.. models.All.Select(descriptions.Describe)]);
        return JsonBody.WriteAsync(context.Response, body, JsonBodyContext.Readable.OllamaModelListBody);
    });

    /// <summary>Lists the models that are loaded.</summary>
    public Task ListRunningAsync(HttpContext context) => route.HandleAsync(context, () =>
    {
        var loaded = models.All.Where(model => model.Core.Status.State == JinaModelState.Ready);
        var body = new OllamaRunningListBody([.. loaded.Select(OllamaModels.DescribeRunning)]);
        return JsonBody.WriteAsync(context.Response, body, JsonBodyContext.Readable.OllamaRunningListBody);
    });

    /// <summary>Writes the version.</summary>
    public Task GetVersionAsync(HttpContext context) => route.HandleAsync(context, () =>
        JsonBody.WriteAsync(context.Response, new OllamaVersionBody(Version), JsonBodyContext.Readable.OllamaVersionBody));

    /// <summary>Writes the text by which clients determine whether the server is running. It does not require a key.</summary>
    public static async Task WriteRunningAsync(HttpContext context)
    {
        context.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = Running.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(Running, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
