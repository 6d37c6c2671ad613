using System.Numerics.Tensors;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Checks the vectors of a model before a caller gets them, and scales them to unit length.</summary>
/// <param name="model">The path of the model, for messages.</param>
/// <param name="normalize">Whether vectors are scaled to unit length.</param>
internal sealed class OutputCheck(string model, bool normalize)
{
    /// <summary>Checks a vector and, if requested, scales it.</summary>
    /// <param name="vector">The vector, as the model computes it.</param>
    /// <param name="position">The index of the text in its request, for messages.</param>
    /// <exception cref="JinaModelException">The vector has components that are not finite, or only zeros.</exception>
    public void Apply(Span<float> vector, long position)
    {
        // A component that is not finite makes the norm infinite or NaN, so that one pass over a usual vector is enough.
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsNormal(norm))
        {
            Require(vector, position);

            // The squares of very large or very small components leave the range of a float, but those of their proportions do not.
            if (normalize)
            {
                TensorPrimitives.Divide(vector, Math.Abs(TensorPrimitives.MaxMagnitude<float>(vector)), vector);
                norm = TensorPrimitives.Norm<float>(vector);
            }
        }

        if (normalize)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
    }

    private void Require(ReadOnlySpan<float> vector, long position)
    {
        if (!TensorPrimitives.IsFiniteAll(vector))
        {
            throw new JinaModelException(
                model,
                $"The vector of text {position} has infinite components or components that are not numbers; finite numbers are expected. "
                + "Weights are damaged, or numbers leave the range of their type, which is known of T5 models in fp16. "
                + "Use the model's fp32 or bf16 weights, or download the model again.");
        }

        if (!vector.ContainsAnyExcept(0f))
        {
            throw new JinaModelException(
                model,
                $"The vector of text {position} has only zeros, so it has no direction; a vector that can be compared is expected. "
                + "The weights are probably damaged. Download the model again, or export it again.");
        }
    }
}
