using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents Ollama's <c>/api/show</c>, which describes a model.</summary>
internal sealed class OllamaShowDialect(ServedModels models, OllamaModels descriptions) : Dialect
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.Ollama;

    /// <inheritdoc cref="OllamaEmbedDialect.RequiresContentType"/>
    public override bool RequiresContentType => false;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        OllamaRequestReader.ReadShow(body);

    /// <inheritdoc/>
    public override async Task<Func<HttpContext, Task>> AnswerAsync(
        EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        var model = models.Select(request.Model);
        var tokenizer = await model.Core.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        var body = descriptions.Show(model, tokenizer.MaxTokens);
        return context => JsonBody.WriteAsync(context.Response, body, JsonBodyContext.Readable.OllamaShowBody);
    }
}
