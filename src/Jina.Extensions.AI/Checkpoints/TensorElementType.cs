namespace Jina.Extensions.AI.Checkpoints;

/// <summary>The element types that a checkpoint's weights may have.</summary>
internal enum TensorElementType
{
    Float32,
    Float16,
    BFloat16,
}
