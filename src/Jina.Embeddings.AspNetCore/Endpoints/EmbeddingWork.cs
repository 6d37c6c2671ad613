using System.Globalization;
using System.Numerics.Tensors;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Does what a well-formed request asks for.</summary>
internal sealed class EmbeddingWork(ServedModels models, Admission admission, TokenLimits tokenLimits)
{
    private const string TruncatedInputs = "X-Truncated-Inputs";

    /// <summary>Embeds the inputs and writes the answer.</summary>
    /// <exception cref="RefusedException">The request cannot be met.</exception>
    public async Task RunAsync(HttpContext context, EmbeddingRequest request)
    {
        var model = models.Select(request.Model);
        if (request.Dimensions is { } dimensions)
        {
            ThrowIfForeign(dimensions, model.Dimensions);
        }

        var embeddings = await EmbedAsync(model, request, context.RequestAborted).ConfigureAwait(false);
        ThrowIfUnfit(embeddings, request);
        WriteHeaders(context.Response, request, embeddings);
        await EmbeddingWriter.WriteAsync(context.Response.BodyWriter, model.Id, embeddings, request.Encodings, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(ServedModel model, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        using var admitted = admission.EnterInputs(request.InputCount);
        var tokenizer = await model.Core.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        if (request.TokenIds is { } tokenIds)
        {
            TokenLimits.ThrowIfForeign(tokenIds, tokenizer);
        }

        if (tokenLimits.MustCount(request, tokenizer))
        {
            tokenLimits.ThrowIfTooMany(request, tokenizer, cancellationToken);
        }

        try
        {
            var embeddings = await GenerateAsync(model, request, cancellationToken).ConfigureAwait(false);
            admitted.Done();
            return embeddings;
        }
        catch (ArgumentException) when (!request.Truncate)
        {
            if (TokenLimits.FindTooLong(request, tokenizer) is { } refusal)
            {
                throw new RefusedException(refusal);
            }

            throw;
        }
    }

    /// <summary>Token ids go past the pipeline's middleware, which knows only texts.</summary>
    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(ServedModel model, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var options = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [JinaEmbeddingGenerator.NormalizeKey] = request.Normalized,

                // By its name, which middleware that serialises options can write, also when compiled ahead of time.
                [JinaEmbeddingGenerator.TruncationKey] = request.Truncate ? nameof(TruncationPolicy.Truncate) : nameof(TruncationPolicy.Throw),
            },
        };
        return request.Texts is { } texts
            ? model.Pipeline.GenerateAsync(texts, options, cancellationToken)
            : model.Core.GenerateFromTokensAsync(request.TokenIds!, options, cancellationToken);
    }

    private static void ThrowIfForeign(int requested, int? actual)
    {
        if (actual is not null && requested != actual)
        {
            throw RefusedException.InvalidBody(
                string.Create(CultureInfo.InvariantCulture, $"dimensions is {requested}; this model's vectors have {actual}, and cannot be cut. Leave it out."), "dimensions");
        }
    }

    /// <summary>Once the answer has begun it is too late to say that something is wrong with it.</summary>
    /// <exception cref="InvalidOperationException">The pipeline did not return what it should.</exception>
    private static void ThrowIfUnfit(GeneratedEmbeddings<Embedding<float>> embeddings, EmbeddingRequest request)
    {
        if (embeddings.Count != request.InputCount)
        {
            throw new InvalidOperationException($"The generator returned {embeddings.Count} vectors for {request.InputCount} inputs; look at its middleware.");
        }

        ThrowIfForeign(request.Dimensions ?? embeddings[0].Vector.Length, embeddings[0].Vector.Length);
        if (!embeddings.All(static embedding => TensorPrimitives.IsFiniteAll(embedding.Vector.Span)))
        {
            throw new InvalidOperationException("The generator returned a vector with a component that is NaN or infinite, which JSON cannot express; look at the model's weights and at the middleware.");
        }
    }

    private static void WriteHeaders(HttpResponse response, EmbeddingRequest request, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        response.ContentType = JsonBody.MediaType;
        if (embeddings.AdditionalProperties?.TryGetValue(JinaEmbeddingGenerator.TruncatedInputsKey, out int cut) is true && cut > 0)
        {
            response.Headers[TruncatedInputs] = cut.ToString(CultureInfo.InvariantCulture);
        }

        if (request.HasTask)
        {
            response.Headers.Warning = "299 - \"task is ignored: this model knows no tasks\"";
        }
    }
}
