using System.Numerics.Tensors;

namespace Jina.SemanticKernel.Memory;

/// <summary>How near a memory is to a question.</summary>
internal static class Relevance
{
    /// <summary>
    /// Computes the cosine similarity, which is what memories are asked for; a store's score may be a distance, or
    /// another function. A vector without a direction is near to nothing: 0.
    /// </summary>
    public static double Of(ReadOnlyMemory<float> question, ReadOnlyMemory<float> memory)
    {
        var cosine = TensorPrimitives.CosineSimilarity(question.Span, memory.Span);
        return float.IsNaN(cosine) ? 0 : Math.Clamp(cosine, -1, 1);
    }
}
