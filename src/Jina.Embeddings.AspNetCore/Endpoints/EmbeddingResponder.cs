using System.Globalization;
using System.Numerics.Tensors;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Primitives;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Embeds the inputs of a valid request.</summary>
internal sealed class EmbeddingResponder(ServedModels models, Admission admission, TokenLimits tokenLimits)
{
    private const string TruncatedInputsHeader = "X-Truncated-Inputs";

    /// <summary>Embeds the inputs of a request.</summary>
    /// <exception cref="RejectedException">The model cannot answer the request.</exception>
    public async Task<EmbeddingResponse> EmbedAsync(EmbeddingRequest request, RequestMemory memory, CancellationToken cancellationToken)
    {
        var model = models.Select(request.Model);
        ThrowIfOtherDimensions(request, model.Dimensions);
        if (request.InputCount == 0)
        {
            // Clients of Ollama load a model with such a request.
            return new EmbeddingResponse(model.Id, [], request.Encodings, RequestWarnings.Of(request));
        }

        var embeddings = await EmbedAsync(model, request, memory, cancellationToken).ConfigureAwait(false);
        Verify(embeddings, request);
        return new EmbeddingResponse(model.Id, embeddings, request.Encodings, RequestWarnings.Of(request));
    }

    /// <summary>Writes the headers of a response.</summary>
    public static void WriteHeaders(HttpResponse response, EmbeddingResponse content)
    {
        response.ContentType = JsonBody.MediaType;
        if (content.Embeddings.AdditionalProperties?.TryGetValue(JinaEmbeddingGenerator.TruncatedInputsKey, out int truncated) is true
            && truncated > 0)
        {
            response.Headers[TruncatedInputsHeader] = truncated.ToString(CultureInfo.InvariantCulture);
        }

        if (content.Warnings.Count > 0)
        {
            response.Headers.Warning = content.Warnings;
        }
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

        var dimensions = await model.GetDimensionsAsync(tokenizer.EndOfSequenceId, cancellationToken).ConfigureAwait(false);
        if (request.LateChunking)
        {
            memory.HoldDocument(request, dimensions, tokenLimits.CountDocument(request.Texts!, tokenizer, cancellationToken));
        }
        else
        {
            if (tokenLimits.MustCount(request, tokenizer))
            {
                tokenLimits.ThrowIfTooMany(request, tokenizer, cancellationToken);
            }

            memory.HoldVectors(request, dimensions);
        }

        try
        {
            var embeddings = await GenerateAsync(model, request, cancellationToken).ConfigureAwait(false);
            admitted.Complete();
            return embeddings;
        }
        catch (ArgumentException) when (request is { Truncate: false, LateChunking: false })
        {
            if (TokenLimits.FindTooLong(request, tokenizer) is { } rejection)
            {
                throw new RejectedException(rejection);
            }

            throw;
        }
        catch (NotSupportedException) when (request.LateChunking)
        {
            throw RejectedException.InvalidBody(
                "The field 'late_chunking' is true, but this model is an ONNX export, which has no vectors of single tokens. "
                + "Omit the field.",
                "late_chunking");
        }
    }

    /// <summary>
    /// Runs the pipeline. Token IDs bypass its middleware, which accepts texts only, and so do chunks, because their vectors depend on
    /// the other chunks.
    /// </summary>
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
        return request switch
        {
            { TokenIds: { } tokenIds } => model.Core.GenerateFromTokensAsync(tokenIds, options, cancellationToken),
            { LateChunking: true } => model.Core.GenerateLateChunksAsync(request.Texts!, options, cancellationToken),
            _ => model.Pipeline.GenerateAsync(request.Texts!, options, cancellationToken),
        };
    }

    private static void ThrowIfOtherDimensions(EmbeddingRequest request, int? actual)
    {
        if (request.Dimensions is { } requested && requested != actual && actual is not null
            && !(request.IgnoresMoreDimensions && requested > actual))
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"The field 'dimensions' is {requested}, but this model's vectors have {actual} dimensions and cannot be shortened. ");
            throw RejectedException.InvalidBody(message + "Omit the field.", "dimensions");
        }
    }

    /// <summary>Checks the vectors before the response starts, because an error cannot be reported after that.</summary>
    /// <exception cref="InvalidOperationException">
    /// The pipeline returned a wrong number of vectors, vectors of a wrong length, or NaN or infinity.
    /// </exception>
    private static void Verify(GeneratedEmbeddings<Embedding<float>> embeddings, EmbeddingRequest request)
    {
        if (embeddings.Count != request.InputCount)
        {
            throw new InvalidOperationException(
                $"The generator returned {embeddings.Count} vectors for {request.InputCount} inputs. Check its middleware.");
        }

        var dimensions = embeddings[0].Vector.Length;
        if (dimensions == 0 || embeddings.Any(embedding => embedding.Vector.Length != dimensions))
        {
            throw new InvalidOperationException(
                "The generator returned empty vectors, or vectors of several lengths. Check its middleware.");
        }

        ThrowIfOtherDimensions(request, dimensions);
        if (!embeddings.All(static embedding => TensorPrimitives.IsFiniteAll(embedding.Vector.Span)))
        {
            throw new InvalidOperationException(
                "The generator returned a vector with a NaN or infinite component, which JSON cannot represent. "
                + "Check the model's weights and the middleware.");
        }
    }
}

/// <summary>Represents the content of a response. The texts of the request are not part of it, so that they are released.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Embeddings">The vectors.</param>
/// <param name="Encodings">The encodings of each vector.</param>
/// <param name="Warnings">The parts of the request that had no effect.</param>
internal sealed record EmbeddingResponse(
    string Model, GeneratedEmbeddings<Embedding<float>> Embeddings, IReadOnlyList<VectorEncoding> Encodings, StringValues Warnings);
