using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents Ollama's older <c>/api/embeddings</c>, which embeds one text.</summary>
internal sealed class OllamaPromptDialect(EmbeddingResponder responder) : EmbeddingDialect(responder)
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.Ollama;

    /// <inheritdoc cref="OllamaEmbedDialect.RequiresContentType"/>
    public override bool RequiresContentType => false;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        OllamaRequestReader.ReadPrompt(body);

    /// <inheritdoc/>
    protected override Func<HttpContext, Task> CreateWriter(EmbeddingResponse response) => context =>
        OllamaWriter.WriteSingleAsync(context.Response.BodyWriter, response.Embeddings, context.RequestAborted);
}
