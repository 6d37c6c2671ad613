namespace Jina.RandomCheckpoints;

/// <summary>Specifies the element type of a written checkpoint.</summary>
public enum WeightType
{
    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a single-precision number (bfloat16).</summary>
    BF16,
}
