using System.Globalization;
using System.Numerics.Tensors;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Rejects vectors with NaN or infinite components, which would silently become plausible numbers.</summary>
internal static class FiniteVector
{
    /// <param name="vector">The vector.</param>
    /// <param name="position">The position of the vector in its list, or <see langword="null"/> for a single vector.</param>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static void ThrowIfNotFinite(ReadOnlySpan<float> vector, int? position)
    {
        if (TensorPrimitives.IsFiniteAll(vector))
        {
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                var place = position is null ? "the embedding" : $"embedding {position}";
                var message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Component {i} of {place} is {vector[i]}; expected finite numbers only. Check the float generator.");
                throw new NotFiniteNumberException(message, vector[i]);
            }
        }
    }
}
