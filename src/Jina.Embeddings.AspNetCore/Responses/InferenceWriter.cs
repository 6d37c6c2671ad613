using System.IO.Pipelines;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes embeddings and similarities in the form of Text Embeddings Inference.</summary>
internal static class InferenceWriter
{
    /// <summary>Writes the response of <c>/embed</c>: an array of vectors. Ends early if the client has disconnected.</summary>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public static async Task WriteAsync(
        PipeWriter output, GeneratedEmbeddings<Embedding<float>> embeddings, CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        if (await pieces.WriteVectorsAsync(embeddings).ConfigureAwait(false))
        {
            await pieces.SendAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns the cosines of the first vector with each of the others.</summary>
    public static float[] ComputeSimilarities(IReadOnlyList<Embedding<float>> embeddings)
    {
        var similarities = new float[embeddings.Count - 1];
        for (var i = 0; i < similarities.Length; i++)
        {
            var cosine = TensorPrimitives.CosineSimilarity(embeddings[0].Vector.Span, embeddings[i + 1].Vector.Span);

            // The cosine with a vector of zeros, which only middleware can return, is not a number.
            similarities[i] = float.IsFinite(cosine) ? cosine : 0;
        }

        return similarities;
    }

    /// <summary>Writes the response of <c>/similarity</c>: an array of cosines.</summary>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public static async Task WriteSimilaritiesAsync(PipeWriter output, float[] similarities, CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        VectorWriter.WriteNumbers(pieces.Json, similarities);
        await pieces.SendAsync().ConfigureAwait(false);
    }
}
