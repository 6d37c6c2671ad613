namespace Jina.Benchmarks.GraphVariants;

/// <summary>
/// Provides other attention biases. The library adds a bias by position [heads, seq, seq] and a bias by key [batch, 1, 1, seq].
/// </summary>
internal static class BiasVariants
{
    private const float Excluded = -1e9f;

    /// <summary>Computes the bias again for every layer.</summary>
    public static void PerLayer(GraphRewriter graph)
    {
        var first = graph.NodesOf("Attention")[0].Name;
        graph.Replace("Attention", attention => attention.Name == first ? null : graph.Node(
            "Attention", [.. attention.Input.Take(3), CopyOfBias(graph, attention.Input[3], attention.Input[0])], attention.Attribute));
    }

    /// <summary>Concatenates the texts of a batch to one sequence, in which a token attends only to the keys of its own text.</summary>
    public static void Packed(GraphRewriter graph)
    {
        // Within a text, position differences in the sequence equal those in the text.
        graph.Replace("Gather", gather => IsShape(graph, gather.Input[0]) ? graph.Node("Size", ["input_ids"]) : null);
        var bias = graph.NodesOf("Attention")[0].Input[3];
        graph.Replace("Add", add => add.Output[0] == bias
            ? graph.Node("Add", [add.Input[0], graph.Node("Add", [OtherTexts(graph), graph.Reshape(add.Input[1], 1, 1, 1, -1)])])
            : null);
        graph.Replace("Attention", attention => graph.Node(
            "Attention", [.. attention.Input.Take(3).Select(AsOneText), attention.Input[3]], attention.Attribute));

        string AsOneText(string rows) => graph.Reshape(rows, 1, -1, graph.Config.HeadCount * graph.Config.HeadSize);
    }

    /// <summary>Returns a bias [batch * seq, batch * seq] that is 0 for the keys of a query's own text.</summary>
    private static string OtherTexts(GraphRewriter graph)
    {
        var length = graph.Node("Gather", [graph.Node("Shape", ["input_ids"]), graph.Scalar(1)]);
        var positions = graph.Node("Range", [graph.Scalar(0), graph.Node("Size", ["input_ids"]), graph.Scalar(1)]);
        var texts = graph.Node("Div", [positions, length]);
        var same = graph.Node(
            "Equal", [graph.Node("Unsqueeze", [texts, graph.Constant(0)]), graph.Node("Unsqueeze", [texts, graph.Constant(1)])]);
        return graph.Node("Where", [same, graph.Constant(0f), graph.Constant(Excluded)]);
    }

    /// <summary>
    /// Copies the nodes of the bias. The copy reads the length from the queries of the layer, because the runtime would merge equal nodes.
    /// </summary>
    private static string CopyOfBias(GraphRewriter graph, string value, string queries)
    {
        if (IsShape(graph, value))
        {
            return graph.Node("Shape", [queries]);
        }

        return graph.ProducerOf(value) is { } node
            ? graph.Node(node.OpType, [.. node.Input.Select(input => CopyOfBias(graph, input, queries))], node.Attribute)
            : value;
    }

    private static bool IsShape(GraphRewriter graph, string value) => graph.ProducerOf(value) is { OpType: "Shape", Input: ["input_ids"] };
}
