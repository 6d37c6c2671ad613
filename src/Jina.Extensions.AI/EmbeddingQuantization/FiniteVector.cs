using System.Globalization;
using System.Numerics.Tensors;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Refuses vectors that have no quantised form: NaN and infinities would turn into plausible numbers unseen.</summary>
internal static class FiniteVector
{
    /// <param name="vector">The vector.</param>
    /// <param name="position">Its place among its neighbours, or null where it has none.</param>
    /// <exception cref="NotFiniteNumberException">A component is NaN or infinite.</exception>
    public static void ThrowIfNot(ReadOnlySpan<float> vector, int? position)
    {
        if (TensorPrimitives.IsFiniteAll(vector))
        {
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                throw new NotFiniteNumberException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Component {i} of {(position is null ? "the embedding" : $"embedding {position}")} is {vector[i]}; only finite numbers can be quantised. Look at what the float generator returns for this text."),
                    vector[i]);
            }
        }
    }
}
