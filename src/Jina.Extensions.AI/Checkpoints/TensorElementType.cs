namespace Jina.Extensions.AI.Checkpoints;

/// <summary>The element types of weights.</summary>
internal enum TensorElementType
{
    Float32,
    Float16,
    BFloat16,

    /// <summary>Only this library's own quantized weights have it; scales lie beside them.</summary>
    Int8,
}
