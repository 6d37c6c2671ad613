namespace Jina.Extensions.AI.Checkpoints.Tensors;

/// <summary>Specifies the element type of a weight.</summary>
internal enum TensorElementType
{
    Float32,
    Float16,
    BFloat16,

    /// <summary>Used by this library's own quantized weights only, with scales beside them.</summary>
    Int8,
}

/// <summary>Converts element types from and to the names that the file formats use.</summary>
internal static class ElementTypes
{
    public static int Size(this TensorElementType type) => type switch
    {
        TensorElementType.Float32 => 4,
        TensorElementType.Int8 => 1,
        _ => 2,
    };

    /// <summary>
    /// Returns the type of a safetensors <c>dtype</c>, or <see langword="null"/> if weights of that type are not supported.
    /// </summary>
    public static TensorElementType? FromSafetensors(string name, bool int8) => name switch
    {
        "I8" when int8 => TensorElementType.Int8,
        "F32" => TensorElementType.Float32,
        "F16" => TensorElementType.Float16,
        "BF16" => TensorElementType.BFloat16,
        _ => null,
    };

    /// <summary>Returns the safetensors <c>dtype</c>.</summary>
    public static string ToSafetensors(this TensorElementType type) => type switch
    {
        TensorElementType.Float32 => "F32",
        TensorElementType.Float16 => "F16",
        TensorElementType.BFloat16 => "BF16",
        _ => "I8",
    };

    /// <summary>Returns the type of a torch storage class, or <see langword="null"/> if weights of that type are not supported.</summary>
    public static TensorElementType? FromTorch(string storage) => storage switch
    {
        "FloatStorage" => TensorElementType.Float32,
        "HalfStorage" => TensorElementType.Float16,
        "BFloat16Storage" => TensorElementType.BFloat16,
        _ => null,
    };
}
