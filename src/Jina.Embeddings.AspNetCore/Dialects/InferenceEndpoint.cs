using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Handles <c>/info</c> of Text Embeddings Inference, which describes the first model and the limits.</summary>
internal sealed class InferenceEndpoint(KeyedRoute route, ServedModels models, JinaEmbeddingEndpointOptions options)
{
    /// <summary>The version of Text Embeddings Inference whose interface this is.</summary>
    private const string Version = "1.9.3";

    /// <summary>Writes the description. It reads the tokenizer, but not the weights.</summary>
    public Task GetInfoAsync(HttpContext context) => route.HandleAsync(context, async () =>
    {
        var model = models.All[0];
        var tokenizer = await model.Core.GetTokenizerAsync(context.RequestAborted).ConfigureAwait(false);
        var body = new InferenceInfoBody(
            ModelId: model.Core.Model.Repository ?? model.Id,
            ModelSha: null,
            ModelDtype: "float32",
            ServedModelName: model.Id,
            ModelType: new InferenceModelType(new InferencePooling("mean")),
            MaxConcurrentRequests: options.MaxConcurrentRequests,
            MaxInputLength: tokenizer.MaxTokens,
            MaxBatchTokens: options.MaxTokens,
            MaxBatchRequests: null,
            MaxClientBatchSize: options.MaxInputs,
            AutoTruncate: true,
            TokenizationWorkers: Environment.ProcessorCount,
            Version: Version,
            Sha: null,
            DockerLabel: null);
        await JsonBody.WriteAsync(context.Response, body, JsonBodyContext.Readable.InferenceInfoBody).ConfigureAwait(false);
    });
}
