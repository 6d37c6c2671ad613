namespace Jina.Extensions.AI.Checkpoints;

/// <summary>The element types by the names that the file formats give them.</summary>
internal static class ElementTypes
{
    public static int Size(this TensorElementType type) => type == TensorElementType.Float32 ? 4 : 2;

    /// <summary>Returns the type of a safetensors <c>dtype</c>, or null for one that a checkpoint's weights may not have.</summary>
    public static TensorElementType? FromSafetensors(string name) => name switch
    {
        "F32" => TensorElementType.Float32,
        "F16" => TensorElementType.Float16,
        "BF16" => TensorElementType.BFloat16,
        _ => null,
    };

    /// <summary>Returns the type of a torch storage class, or null for one that a checkpoint's weights may not have.</summary>
    public static TensorElementType? FromTorch(string storage) => storage switch
    {
        "FloatStorage" => TensorElementType.Float32,
        "HalfStorage" => TensorElementType.Float16,
        "BFloat16Storage" => TensorElementType.BFloat16,
        _ => null,
    };
}
