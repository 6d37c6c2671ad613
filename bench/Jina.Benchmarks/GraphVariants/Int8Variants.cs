using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Graph.Onnx;

using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>
/// Provides other forms of the library's int8 arithmetic. The runtime computes nodes that depend only on weights once, at load.
/// </summary>
internal static class Int8Variants
{
    /// <summary>
    /// The library's integer product. Its inputs are rows, weight, scales of the rows, scales of the weight, and zero of the rows.
    /// </summary>
    public const string Product = "MatMulIntegerToFloat";

    /// <summary>The zero of signed rows, which are stored as uint8.</summary>
    public const byte Zero = 128;

    /// <summary>Uses uint8 weights around 128, like the activations.</summary>
    public static void UnsignedWeights(GraphRewriter graph) => graph.Replace(Product, product =>
        graph.ContribNode(
            Product, [product.Input[0], ToUnsigned(graph, product.Input[1]), .. product.Input.Skip(2), graph.ByteScalar(Zero)]));

    /// <summary>Computes queries, keys and values in one product that is split afterwards.</summary>
    public static void FusedQueryKeyValue(GraphRewriter graph)
    {
        var products = graph.NodesOf(Product).ToLookup(product => product.Input[0]);
        var split = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        graph.Replace(Product, product =>
        {
            var rows = product.Input[0];
            if (products[rows].Count() == 1)
            {
                return null;
            }

            if (!split.TryGetValue(rows, out var parts))
            {
                var weight = graph.Node("Concat", products[rows].Select(part => part.Input[1]), GraphBuilder.Int("axis", 1));
                var scales = graph.Node("Concat", products[rows].Select(part => part.Input[3]), GraphBuilder.Int("axis", 0));
                var fused = graph.ContribNode(Product, [rows, weight, product.Input[2], scales, product.Input[4]]);
                parts = graph.Emit(string.Empty, "Split", [fused], 3, GraphBuilder.Int("axis", 1), GraphBuilder.Int("num_outputs", 3));
                split.Add(rows, parts);
            }

            return parts.Output[products[rows].ToList().IndexOf(product)];
        });
    }

    /// <summary>Scales products only by their weight, and rows with a separate operator.</summary>
    public static void RowScalesAfterwards(GraphRewriter graph) => graph.Replace(Product, product => graph.Node(
        "Mul", [graph.ContribNode(Product, [.. product.Input.Take(2), graph.Constant(1f), .. product.Input.Skip(3)]), product.Input[2]]));

    /// <summary>Computes the largest magnitude of a row from its largest and smallest values, without storing all magnitudes.</summary>
    public static void PeaksOfBothSigns(GraphRewriter graph) => graph.Replace("ReduceMax", peak =>
    {
        if (graph.ProducerOf(peak.Input[0]) is not { OpType: "Abs", Input: [var rows] })
        {
            return null;
        }

        var smallest = graph.Node("ReduceMin", [rows, peak.Input[1]], peak.Attribute);
        return graph.Node("Max", [graph.Node("ReduceMax", [rows, peak.Input[1]], peak.Attribute), graph.Node("Neg", [smallest])]);
    });

    /// <summary>Uses an embedding table in single precision, with the values of the int8 table.</summary>
    public static void Float32Table(GraphRewriter graph) => graph.Replace("DequantizeLinear", rows =>
    {
        var (values, scales) = (graph.ProducerOf(rows.Input[0])!, graph.ProducerOf(rows.Input[1])!);
        var table = graph.Node("Mul", [Cast(graph, values.Input[0], DataType.Float), graph.Reshape(scales.Input[0], -1, 1)]);
        return graph.Node("Gather", [table, values.Input[1]]);
    });

    /// <summary>Converts int8 to uint8 around 128.</summary>
    public static string ToUnsigned(GraphRewriter graph, string weight) => Cast(
        graph, graph.Node("Add", [Cast(graph, weight, DataType.Float), graph.Constant((float)Zero)]), DataType.Uint8);

    /// <summary>Returns other int8 weights of the same size.</summary>
    public static string Negate(GraphRewriter graph, string weight) =>
        Cast(graph, graph.Node("Neg", [Cast(graph, weight, DataType.Float)]), DataType.Int8);

    private static string Cast(GraphRewriter graph, string value, DataType type) =>
        graph.Node("Cast", [value], GraphBuilder.Int("to", (long)type));
}
