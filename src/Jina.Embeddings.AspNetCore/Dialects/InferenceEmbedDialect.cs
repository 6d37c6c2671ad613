using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents <c>/embed</c> of Text Embeddings Inference.</summary>
internal sealed class InferenceEmbedDialect(EmbeddingResponder responder) : EmbeddingDialect(responder)
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.TextEmbeddingsInference;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        InferenceRequestReader.ReadEmbed(body, options.MaxInputs);

    /// <inheritdoc/>
    protected override Func<HttpContext, Task> CreateWriter(EmbeddingResponse response) => context =>
        InferenceWriter.WriteAsync(context.Response.BodyWriter, response.Embeddings, context.RequestAborted);
}
