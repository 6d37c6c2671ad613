using Jina.Extensions.AI.Graph;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Provides other ways to compute attention from projected queries, keys and values.</summary>
/// <remarks>
/// The inputs of the library's node are queries, keys and values of shape [batch, seq, heads * size], and the bias. Its output has the
/// shape of the queries.
/// </remarks>
internal static class AttentionVariants
{
    /// <summary>Uses separate nodes for products, sum and softmax, as exporters do.</summary>
    public static void Plain(GraphRewriter graph) => graph.Replace("Attention", attention =>
    {
        var (heads, size) = (graph.Config.HeadCount, graph.Config.HeadSize);
        var scores = graph.Node("MatMul", [Heads(0, 0, 2, 1, 3), Heads(1, 0, 2, 3, 1)]);
        var context = graph.Node("MatMul", [Softmax(graph, scores, attention.Input[3]), Heads(2, 0, 2, 1, 3)]);
        return graph.Reshape(Transpose(graph, context, 0, 2, 1, 3), 0, 0, heads * size);

        string Heads(int input, params long[] order) => Transpose(graph, graph.Reshape(attention.Input[input], 0, 0, heads, size), order);
    });

    /// <summary>Uses the operator of ONNX Runtime, which is older than the standard one.</summary>
    public static void MultiHead(GraphRewriter graph) => graph.Replace("Attention", attention => graph.ContribNode(
        "MultiHeadAttention",
        [attention.Input[0], attention.Input[1], attention.Input[2], string.Empty, string.Empty, attention.Input[3]],
        GraphBuilder.Int("num_heads", graph.Config.HeadCount),
        GraphBuilder.Float("scale", 1)));

    /// <summary>
    /// Orders rows by position before text. A fused product reads the heads in place, so queries, keys and values are not transposed.
    /// </summary>
    public static void SequenceMajor(GraphRewriter graph)
    {
        graph.Replace("Gather", lookup => lookup.Input[1] == "input_ids" ? graph.Node("Gather", [lookup.Input[0], IdsByPosition()]) : null);
        graph.Replace("Attention", attention =>
        {
            var scores = graph.ContribNode(
                "FusedMatMul",
                [Heads(0), Heads(1)],
                GraphBuilder.Int("transBatchA", 1),
                GraphBuilder.Int("transBatchB", 1),
                GraphBuilder.Int("transB", 1));
            var context = graph.ContribNode(
                "FusedMatMul", [Softmax(graph, scores, attention.Input[3]), Heads(2)], GraphBuilder.Int("transBatchB", 1));
            return Transpose(graph, context, 2, 0, 1, 3);

            string Heads(int input) => ByPosition(attention.Input[input], graph.Config.HeadCount, graph.Config.HeadSize);
        });

        // The pooling is the only MatMul: [batch, 1, seq] times [batch, seq, d].
        graph.Replace("MatMul", pooling => graph.Node(
            "MatMul", [pooling.Input[0], Transpose(graph, ByPosition(pooling.Input[1], graph.Config.HiddenSize), 1, 0, 2)]));

        string IdsByPosition() => Transpose(graph, "input_ids", 1, 0);

        // Reshapes the input of a Reshape to [batch, seq, ...] to [seq, batch, ...].
        string ByPosition(string reshaped, params long[] width) => graph.Node(
            "Reshape",
            [
                graph.ProducerOf(reshaped)!.Input[0],
                graph.Node("Concat", [graph.Node("Shape", [IdsByPosition()]), graph.Constant(width)], GraphBuilder.Int("axis", 0)),
            ]);
    }

    private static string Softmax(GraphRewriter graph, string scores, string bias) =>
        graph.Node("Softmax", [graph.Node("Add", [scores, bias])], GraphBuilder.Int("axis", -1));

    private static string Transpose(GraphRewriter graph, string value, params long[] order) =>
        graph.Node("Transpose", [value], GraphBuilder.Ints("perm", order));
}
