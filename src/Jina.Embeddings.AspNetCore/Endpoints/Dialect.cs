using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>
/// Represents what is specific to a route whose requests have a body: how a request is read, and what is written. Everything else, such
/// as limits and API keys, is the same for all routes.
/// </summary>
internal abstract class Dialect
{
    /// <summary>Gets the shape of the route's requests and rejections. If <see langword="null"/>, each body determines it.</summary>
    public virtual RequestShape? Shape => null;

    /// <summary>Gets whether requests must declare their body as JSON. If not, pages of other sites still must.</summary>
    public virtual bool RequiresContentType => true;

    /// <summary>Gets whether token IDs can be those of another tokenizer. If not, they are those of the model.</summary>
    public virtual bool DecodesTokenIds => false;

    /// <summary>Reads a complete body.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public abstract EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options);

    /// <summary>Does the work of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="memory">The memory of the request. When this method returns, it is that of the response.</param>
    /// <param name="cancellationToken">The token that is canceled when the client disconnects.</param>
    /// <returns>The delegate that writes the response. It does not keep the request's texts, unless they are part of it.</returns>
    /// <exception cref="RejectedException">The model cannot answer the request.</exception>
    public abstract Task<Func<HttpContext, Task>> AnswerAsync(
        EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken);
}

/// <summary>Represents a route that answers with vectors, or with numbers that are computed from them.</summary>
internal abstract class EmbeddingDialect(EmbeddingResponder responder) : Dialect
{
    /// <inheritdoc/>
    public sealed override async Task<Func<HttpContext, Task>> AnswerAsync(
        EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        var response = await responder.EmbedAsync(request, memory, cancellationToken).ConfigureAwait(false);
        memory.HoldResponse(response.Embeddings.Count, response.Embeddings is [var first, ..] ? first.Vector.Length : 0);
        var writeAsync = CreateWriter(response);
        return context =>
        {
            EmbeddingResponder.WriteHeaders(context.Response, response);
            return writeAsync(context);
        };
    }

    /// <summary>Returns the delegate that writes the body of the response. Everything that can fail is done before.</summary>
    protected abstract Func<HttpContext, Task> CreateWriter(EmbeddingResponse response);
}
