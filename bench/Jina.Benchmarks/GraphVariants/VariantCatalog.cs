namespace Jina.Benchmarks.GraphVariants;

/// <summary>What is compared; the first of each list is the library's own graph.</summary>
internal static class VariantCatalog
{
    /// <summary>Gets the library's graph as it is.</summary>
    public static Variant Ours { get; } = new("ours", _ => { });

    public static IReadOnlyList<Variant> Float32 { get; } =
    [
        Ours,
        new("plain attention", AttentionVariants.Plain),
        new("sequence-major FusedMatMul", AttentionVariants.SequenceMajor),
        new("MultiHeadAttention", AttentionVariants.MultiHead),
        new("skip norms", LayerVariants.SkipNorms),
        new("3-D MatMul", LayerVariants.UnflattenedProducts),
        new("bias per layer", BiasVariants.PerLayer),
        new("packed", BiasVariants.Packed),
    ];

    public static IReadOnlyList<Variant> Int8 { get; } =
    [
        Ours,
        new("per-tensor activations", Int8Arithmetics.PerTensor),
        new("MatMulNBits", Int8Arithmetics.BlockwiseWeights),
        new("QDQ", Int8Arithmetics.QuantizeDequantize),
        new("uint8 weights", Int8Variants.UnsignedWeights),
        new("fused qkv", Int8Variants.FusedQueryKeyValue),
        new("row scales afterwards", Int8Variants.RowScalesAfterwards),
        new("ReduceMin/ReduceMax", Int8Variants.PeaksOfBothSigns),
        new("skip norms", LayerVariants.SkipNorms),
        new("fp32 table", Int8Variants.Float32Table),
    ];
}
