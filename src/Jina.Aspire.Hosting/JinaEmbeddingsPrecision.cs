namespace Aspire.Hosting.ApplicationModel;

/// <summary>Specifies the number format of the weights of the network.</summary>
public enum JinaEmbeddingsPrecision
{
    /// <summary>Specifies single precision, in which the models were trained. It is the default.</summary>
    Fp32,

    /// <summary>
    /// Specifies 8-bit weights and activations: several times as fast, with weights of a quarter of the size. Vectors differ a little
    /// from those of <see cref="Fp32"/>, so use the same precision for indexing and querying.
    /// </summary>
#pragma warning disable CA1720 // The member is named after the type of the weights.
    Int8,
#pragma warning restore CA1720
}
