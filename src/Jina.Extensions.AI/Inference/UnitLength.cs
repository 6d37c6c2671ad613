using System.Numerics.Tensors;

namespace Jina.Extensions.AI.Inference;

/// <summary>L2 normalisation.</summary>
internal static class UnitLength
{
    /// <summary>Scales a vector to length 1 in place; the zero vector has no direction and stays zero.</summary>
    public static void Normalize(float[] vector)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
    }
}
