namespace Jina.Extensions.AI;

/// <summary>The arithmetic that a model runs in.</summary>
public enum Precision
{
    /// <summary>Single precision, as the models were trained: exact.</summary>
    Fp32,

    /// <summary>
    /// 8-bit weights and activations: several times as fast, with a quarter of the memory. Vectors differ a little from
    /// <see cref="Fp32"/>, so an index must be filled and asked in one precision. The weights are quantized once, when
    /// the model is first loaded, into a file beside it.
    /// </summary>
#pragma warning disable CA1720 // It is the name of the type that the model runs in.
    Int8,
#pragma warning restore CA1720
}
