using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Graph.Onnx;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Provides other forms of products and of the residual stream.</summary>
internal static class LayerVariants
{
    /// <summary>
    /// Uses one operator for residual addition and normalization. The library adds inside the product (fp32) or separately (int8).
    /// </summary>
    public static void SkipNorms(GraphRewriter graph) => graph.Replace("SimplifiedLayerNormalization", norm =>
    {
        var sum = norm.Input[0];
        if (TakeApart(graph, graph.ProducerOf(sum)!) is not var (residual, product))
        {
            // The first normalization has no addition before it.
            return null;
        }

        var skip = graph.ContribNodes(
            "SkipSimplifiedLayerNormalization",
            [residual, product, norm.Input[1]],
            4,
            norm.Attribute.Where(attribute => attribute.Name == "epsilon"));
        skip.Output[1] = skip.Output[2] = string.Empty;
        skip.Output[3] = sum;
        return skip.Output[0];
    });

    /// <summary>Uses products of [batch, seq, width] with weights stored as [in, out], and adds the residual afterwards.</summary>
    public static void UnflattenedProducts(GraphRewriter graph) => graph.Replace("Gemm", gemm =>
    {
        var weight = graph.Node("Transpose", [gemm.Input[1]], GraphBuilder.Ints("perm", 1, 0));
        var shape = graph.Node("Concat", [graph.Node("Shape", ["input_ids"]), graph.Constant(-1L)], GraphBuilder.Int("axis", 0));
        var product = graph.Node("MatMul", [graph.Node("Reshape", [gemm.Input[0], shape]), weight]);
        var rows = graph.Reshape(product, -1, graph.DimensionsOf(gemm.Input[1])[0]);
        return gemm.Input.Count == 3 ? graph.Node("Add", [gemm.Input[2], rows]) : rows;
    });

    /// <summary>Separates the residual from the product, and frees the name of their sum for another node.</summary>
    private static (string Residual, string Product)? TakeApart(GraphRewriter graph, NodeProto addition)
    {
        switch (addition)
        {
            case { OpType: "Gemm", Input: [_, _, var residual] }:
                addition.Input.RemoveAt(2);
                addition.Output[0] = graph.NewName();
                return (residual, addition.Output[0]);
            case { OpType: "Add", Input: [var residual, var product] }:
                addition.Output[0] = graph.NewName();
                return (residual, product);
            default:
                return null;
        }
    }
}
