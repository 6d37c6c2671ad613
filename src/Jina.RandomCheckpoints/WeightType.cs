namespace Jina.RandomCheckpoints;

/// <summary>The element type of a written checkpoint.</summary>
public enum WeightType
{
    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a single.</summary>
    BF16,
}
