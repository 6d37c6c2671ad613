using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents <c>/similarity</c> of Text Embeddings Inference.</summary>
internal sealed class InferenceSimilarityDialect(EmbeddingResponder responder) : EmbeddingDialect(responder)
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.TextEmbeddingsInference;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        InferenceRequestReader.ReadSimilarity(body, options.MaxInputs);

    /// <inheritdoc/>
    protected override Func<HttpContext, Task> CreateWriter(EmbeddingResponse response)
    {
        var similarities = InferenceWriter.ComputeSimilarities(response.Embeddings);
        return context => InferenceWriter.WriteSimilaritiesAsync(context.Response.BodyWriter, similarities, context.RequestAborted);
    }
}
