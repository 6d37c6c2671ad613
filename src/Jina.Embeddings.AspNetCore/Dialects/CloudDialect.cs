using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents <c>/v1/embeddings</c>, in the shapes of OpenAI and Jina.</summary>
internal sealed class CloudDialect(EmbeddingResponder responder) : EmbeddingDialect(responder)
{
    /// <inheritdoc/>
    public override bool DecodesTokenIds => true;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        RequestReader.Read(body, options.MaxInputs, options.StrictFields);

    /// <inheritdoc/>
    protected override Func<HttpContext, Task> CreateWriter(EmbeddingResponse response) => context => EmbeddingWriter.WriteAsync(
        context.Response.BodyWriter, response.Model, response.Embeddings, response.Encodings, context.RequestAborted);
}
