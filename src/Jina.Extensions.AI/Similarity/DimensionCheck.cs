using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Similarity;

/// <summary>Rejects embeddings that cannot be compared with the others of a call.</summary>
internal static class DimensionCheck
{
    /// <exception cref="ArgumentException">The embedding is <see langword="null"/> or empty, or has another dimension.</exception>
    public static void ThrowIfDifferent(Embedding? embedding, int expected, int position, string parameter)
    {
        if (embedding is null || embedding.Dimensions != expected || expected == 0)
        {
            var found = embedding is null ? "null" : $"an embedding of {embedding.Dimensions} dimensions";
            throw new ArgumentException(
                $"Item {position} is {found}; expected an embedding of {(expected == 0 ? "1 or more" : expected)} dimensions. "
                + "Compare embeddings of the same model.",
                parameter);
        }
    }
}
