using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Represents <c>/tokenize</c> of Text Embeddings Inference. Texts are not truncated.</summary>
internal sealed class InferenceTokenizeDialect(ServedModels models, Admission admission, TokenLimits tokenLimits) : Dialect
{
    /// <inheritdoc/>
    public override RequestShape? Shape => RequestShape.TextEmbeddingsInference;

    /// <inheritdoc/>
    public override EmbeddingRequest Read(ReadOnlySpan<byte> body, JinaEmbeddingEndpointOptions options) =>
        InferenceRequestReader.ReadTokenize(body, options.MaxInputs);

    /// <inheritdoc/>
    public override async Task<Func<HttpContext, Task>> AnswerAsync(
        EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        var model = models.Select(request.Model);
        using var queued = admission.EnterQueue(request);
        var tokenizer = await model.Core.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        var texts = request.Texts!;

        // Counting takes little memory and ends at the limit. Only then is it known how much the tokens take.
        memory.HoldTokens(request, tokenLimits.CountWhole(texts, tokenizer, cancellationToken));
        var tokens = new List<IReadOnlyList<EncodedToken>>(texts.Count);
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokens.Add(tokenizer.EncodeToTokens(text, out _));
        }

        return context =>
        {
            context.Response.ContentType = JsonBody.MediaType;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TokenWriter.WriteAsync(context.Response.BodyWriter, texts, tokens, request.WithEndToken, context.RequestAborted);
        };
    }
}
