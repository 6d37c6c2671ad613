using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents Ollama's <c>/api/embed</c>.</summary>
internal sealed class OllamaEmbedDialect(EmbeddingResponder responder) : EmbeddingDialect(responder)
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.Ollama;

    /// <summary>Gets <see langword="false"/>: Ollama reads every body as JSON, and users send bodies with curl.</summary>
    public override bool RequiresContentType => false;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        OllamaRequestReader.ReadEmbed(body, options.MaxInputs);

    /// <inheritdoc/>
    protected override Func<HttpContext, Task> CreateWriter(EmbeddingResponse response) => context =>
        OllamaWriter.WriteAsync(context.Response.BodyWriter, response.Model, response.Embeddings, context.RequestAborted);
}
