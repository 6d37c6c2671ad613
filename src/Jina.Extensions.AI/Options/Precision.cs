namespace Jina.Extensions.AI;

/// <summary>Specifies the precision of a model's weights and activations.</summary>
public enum Precision
{
    /// <summary>Specifies single precision, in which the models were trained. It is exact.</summary>
    Fp32,

    /// <summary>
    /// Specifies 8-bit weights and activations: several times as fast, with weights of a quarter of the size. Vectors differ a little
    /// from those of <see cref="Fp32"/>, so use the same precision for indexing and querying. The first load quantizes the weights once,
    /// into a file beside the model.
    /// </summary>
#pragma warning disable CA1720 // The member is named after the type of the weights.
    Int8,
#pragma warning restore CA1720
}
