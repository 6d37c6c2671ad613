using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Graph.Onnx;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>
/// Provides other operators for "quantize rows, multiply integers, scale rows". The weights are those of the library: [in, out] with a
/// scale per output.
/// </summary>
internal static class Int8Arithmetics
{
    private const int BlockSize = 256;

    /// <summary>The ratio of the steps of two terms: rounding loses at most half a step, which the second term divides into 127.</summary>
    private const float FinerBy = 254;

    /// <summary>
    /// Uses one scale for all activations of a product. It shows only the highest speed, as vectors then depend on the other texts.
    /// </summary>
    public static void PerTensor(GraphRewriter graph) => graph.Replace(Int8Variants.Product, product =>
        graph.ContribNode("DynamicQuantizeMatMul", [Rows(graph, product), product.Input[1], product.Input[3]]));

    /// <summary>Uses weights in blocks, and an operator that quantizes the activations.</summary>
    public static void BlockwiseWeights(GraphRewriter graph) => graph.Replace(Int8Variants.Product, product =>
    {
        var (inputs, outputs) = (graph.DimensionsOf(product.Input[1])[0], graph.DimensionsOf(product.Input[1])[1]);
        var blocks = inputs / BlockSize;
        var byOutput = graph.Node("Transpose", [product.Input[1]], GraphBuilder.Ints("perm", 1, 0));
        var weight = Int8Variants.ToUnsigned(graph, graph.Reshape(byOutput, outputs, blocks, BlockSize));
        var scales = graph.Node("Expand", [graph.Reshape(product.Input[3], outputs, 1), graph.Constant(outputs, blocks)]);
        return graph.ContribNode(
            "MatMulNBits",
            [Rows(graph, product), weight, scales],
            GraphBuilder.Int("K", inputs),
            GraphBuilder.Int("N", outputs),
            GraphBuilder.Int("bits", 8),
            GraphBuilder.Int("block_size", BlockSize),
            GraphBuilder.Int("accuracy_level", 4));
    });

    /// <summary>Uses the form of quantization tools, in which the runtime has to find an integer product.</summary>
    public static void QuantizeDequantize(GraphRewriter graph) => graph.Replace(Int8Variants.Product, product =>
    {
        var quantize = graph.ProducerOf(product.Input[0])!;
        var rows = graph.Node("DequantizeLinear", [product.Input[0], quantize.Input[1], quantize.Input[2]], GraphBuilder.Int("axis", 0));
        var weight = graph.Node("DequantizeLinear", [product.Input[1], product.Input[3]], GraphBuilder.Int("axis", 1));
        return graph.Node("MatMul", [rows, weight]);
    });

    /// <summary>
    /// Represents rows and weights as sums of two int8 terms, which carry about 15 bits, in three integer products. The second term of the
    /// rows is what rounding lost. The second term of the weights has the right size but not the right values.
    /// </summary>
    public static void TwoTerms(GraphRewriter graph) => graph.Replace(Int8Variants.Product, product =>
    {
        var quantize = graph.ProducerOf(product.Input[0])!;
        var (values, weight, scales, weightScales) = (product.Input[0], product.Input[1], product.Input[2], product.Input[3]);
        var finer = graph.Constant(1 / FinerBy);
        var restored = graph.Node("DequantizeLinear", [values, quantize.Input[1], quantize.Input[2]], GraphBuilder.Int("axis", 0));
        var zeros = graph.Node("Expand", [graph.ByteScalar(Int8Variants.Zero), graph.Node("Shape", [quantize.Input[1]])]);
        var rest = graph.Node(
            "QuantizeLinear",
            [graph.Node("Sub", [Rows(graph, product), restored]), graph.Node("Mul", [quantize.Input[1], finer]), zeros],
            GraphBuilder.Int("axis", 0));
        return graph.Node(
            "Add",
            [
                graph.ContribNode(Int8Variants.Product, product.Input),
                graph.Node(
                    "Add",
                    [
                        graph.ContribNode(
                            Int8Variants.Product,
                            [rest, weight, graph.Node("Mul", [scales, finer]), weightScales, graph.ByteScalar(Int8Variants.Zero)]),
                        graph.ContribNode(
                            Int8Variants.Product,
                            [
                                values, Int8Variants.Negate(graph, weight), scales, graph.Node("Mul", [weightScales, finer]),
                                product.Input[4],
                            ]),
                    ]),
            ]);
    });

    /// <summary>Returns the rows that a product quantized. If they are stored from 0 on, this replaced the ReLU.</summary>
    private static string Rows(GraphRewriter graph, NodeProto product)
    {
        var rows = graph.ProducerOf(product.Input[0])!.Input[0];
        return graph.ByteOf(product.Input[4]) == 0 ? graph.Node("Relu", [rows]) : rows;
    }
}
