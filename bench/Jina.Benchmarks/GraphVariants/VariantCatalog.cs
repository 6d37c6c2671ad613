namespace Jina.Benchmarks.GraphVariants;

/// <summary>Lists the compared variants. The first one of each list is the graph of the library.</summary>
internal static class VariantCatalog
{
    /// <summary>Gets the unchanged graph of the library.</summary>
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
        new("two int8 terms", Int8Arithmetics.TwoTerms),
        new("uint8 weights", Int8Variants.UnsignedWeights),
        new("fused qkv", Int8Variants.FusedQueryKeyValue),
        new("row scales afterwards", Int8Variants.RowScalesAfterwards),
        new("ReduceMin/ReduceMax", Int8Variants.PeaksOfBothSigns),
        new("skip norms", LayerVariants.SkipNorms),
        new("fp32 table", Int8Variants.Float32Table),
    ];
}

/// <summary>Represents a variant of the library's graph.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Rewrite">Changes the graph of the library to the variant.</param>
internal sealed record Variant(string Name, Action<GraphRewriter> Rewrite);
