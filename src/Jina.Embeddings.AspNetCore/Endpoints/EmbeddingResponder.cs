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

/// <summary>Embeds the inputs of a valid request and writes the response.</summary>
internal sealed class EmbeddingResponder(ServedModels models, Admission admission, TokenLimits tokenLimits)
{
    private const string TruncatedInputsHeader = "X-Truncated-Inputs";

    /// <summary>Embeds the inputs of a request.</summary>
    /// <exception cref="RejectedException">The model cannot answer the request.</exception>
    public async Task<EmbeddingResponse> EmbedAsync(EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        var model = models.Select(request.Model);
        if (request.Dimensions is { } dimensions)
        {
            ThrowIfOtherDimensions(dimensions, model.Dimensions);
        }

        var embeddings = await EmbedAsync(model, request, memory, cancellationToken).ConfigureAwait(false);
        Verify(embeddings, request);
        return new EmbeddingResponse(model.Id, embeddings, request.Encodings, request.HasTask);
    }

    /// <summary>Writes the response.</summary>
    public static Task WriteAsync(HttpContext context, EmbeddingResponse response)
    {
        WriteHeaders(context.Response, response);
        return EmbeddingWriter.WriteAsync(
            context.Response.BodyWriter, response.Model, response.Embeddings, response.Encodings, context.RequestAborted);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        ServedModel model, EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        using var admitted = admission.EnterInputs(request);
        var tokenizer = await model.Core.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        if (request.TokenIds is { } tokenIds)
        {
            TokenLimits.ThrowIfOutsideVocabulary(tokenIds, tokenizer);
        }

        if (tokenLimits.MustCount(request, tokenizer))
        {
            tokenLimits.ThrowIfTooMany(request, tokenizer, cancellationToken);
        }

        // The loaded model has its dimensions.
        memory.HoldVectors(request, model.Dimensions ?? 0);
        try
        {
            var embeddings = await GenerateAsync(model, request, cancellationToken).ConfigureAwait(false);
            admitted.Complete();
            return embeddings;
        }
        catch (ArgumentException) when (!request.Truncate)
        {
            if (TokenLimits.FindTooLong(request, tokenizer) is { } rejection)
            {
                throw new RejectedException(rejection);
            }

            throw;
        }
    }

    /// <summary>Runs the pipeline. Token IDs bypass its middleware, which accepts texts only.</summary>
    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        ServedModel model, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var options = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [JinaEmbeddingGenerator.NormalizeKey] = request.Normalized,

                // Middleware may serialize the options, also when compiled ahead of time: strings can be written then, enums cannot.
                [JinaEmbeddingGenerator.TruncationKey] =
                    request.Truncate ? nameof(TruncationPolicy.Truncate) : nameof(TruncationPolicy.Throw),
            },
        };
        return request.Texts is { } texts
            ? model.Pipeline.GenerateAsync(texts, options, cancellationToken)
            : model.Core.GenerateFromTokensAsync(request.TokenIds!, options, cancellationToken);
    }

    private static void ThrowIfOtherDimensions(int requested, int? actual)
    {
        if (actual is not null && requested != actual)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"The field 'dimensions' is {requested}, but this model's vectors have {actual} dimensions and cannot be shortened. ");
            throw RejectedException.InvalidBody(message + "Omit the field.", "dimensions");
        }
    }

    /// <summary>Checks the vectors before the response starts, because an error cannot be reported after that.</summary>
    /// <exception cref="InvalidOperationException">The pipeline returned a wrong number of vectors, or NaN or infinity.</exception>
    private static void Verify(GeneratedEmbeddings<Embedding<float>> embeddings, EmbeddingRequest request)
    {
        if (embeddings.Count != request.InputCount)
        {
            throw new InvalidOperationException(
                $"The generator returned {embeddings.Count} vectors for {request.InputCount} inputs. Check its middleware.");
        }

        ThrowIfOtherDimensions(request.Dimensions ?? embeddings[0].Vector.Length, embeddings[0].Vector.Length);
        if (!embeddings.All(static embedding => TensorPrimitives.IsFiniteAll(embedding.Vector.Span)))
        {
            throw new InvalidOperationException(
                "The generator returned a vector with a NaN or infinite component, which JSON cannot represent. "
                + "Check the model's weights and the middleware.");
        }
    }

    private static void WriteHeaders(HttpResponse response, EmbeddingResponse content)
    {
        response.ContentType = JsonBody.MediaType;
        if (content.Embeddings.AdditionalProperties?.TryGetValue(JinaEmbeddingGenerator.TruncatedInputsKey, out int truncated) is true
            && truncated > 0)
        {
            response.Headers[TruncatedInputsHeader] = truncated.ToString(CultureInfo.InvariantCulture);
        }

        if (content.HasTask)
        {
            response.Headers.Warning = "299 - \"task is ignored: this model does not support tasks\"";
        }
    }
}

/// <summary>Represents the content of a response. The texts of the request are not part of it, so that they are released.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Embeddings">The vectors.</param>
/// <param name="Encodings">The encodings of each vector.</param>
/// <param name="HasTask">Whether the request names a task, which was ignored.</param>
internal sealed record EmbeddingResponse(
    string Model, GeneratedEmbeddings<Embedding<float>> Embeddings, IReadOnlyList<VectorEncoding> Encodings, bool HasTask);
