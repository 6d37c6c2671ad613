using System.Globalization;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Models;
using Jina.Embeddings.AspNetCore.Refusals;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Does what a well-formed request asks for.</summary>
internal sealed class EmbeddingWork(ServedModels models, Admission admission)
{
    /// <exception cref="RefusedException">The request cannot be met.</exception>
    public async Task RunAsync(HttpContext context, EmbeddingRequest request)
    {
        var model = models.Select(request.Model);
        var embeddings = await EmbedAsync(model, request, context.RequestAborted).ConfigureAwait(false);
        WriteHeaders(context.Response, request, embeddings);
        await EmbeddingWriter.WriteAsync(context.Response.BodyWriter, model.Id, embeddings, request.Encodings, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(ServedModel model, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        using var admitted = admission.EnterInputs(request.InputCount);
        var embeddings = await model.Pipeline.GenerateAsync(request.Texts!, cancellationToken: cancellationToken).ConfigureAwait(false);
        admitted.Done();
        return embeddings;
    }

    private static void WriteHeaders(HttpResponse response, EmbeddingRequest request, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        response.ContentType = JsonBody.MediaType;
        if (embeddings.AdditionalProperties?.TryGetValue(JinaEmbeddingGenerator.TruncatedInputsKey, out int cut) is true && cut > 0)
        {
            response.Headers["X-Truncated-Inputs"] = cut.ToString(CultureInfo.InvariantCulture);
        }

        if (request.HasTask)
        {
            response.Headers.Warning = "299 - \"task is ignored: this model knows no tasks\"";
        }
    }
}
