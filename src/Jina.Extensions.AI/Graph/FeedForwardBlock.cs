namespace Jina.Extensions.AI.Graph;

/// <summary>T5's feed-forward: ReLU (v1.0) or gated GELU in its tanh form (v1.1), no biases.</summary>
internal sealed class FeedForwardBlock(GraphBuilder graph, bool gatedGelu)
{
    /// <summary>Adds the block's output to the residual stream; all values are [batch * seq, d].</summary>
    public string Add(string residual, string normalized, Func<string, string> weight) =>
        graph.Linear(gatedGelu ? GatedGelu(normalized, weight) : Relu(normalized, weight), weight("wo"), residual);

    private string Relu(string normalized, Func<string, string> weight) =>
        graph.Node("Relu", [graph.Linear(normalized, weight("wi"))]);

    private string GatedGelu(string normalized, Func<string, string> weight)
    {
        var gate = graph.ContribNode("FastGelu", [graph.Linear(normalized, weight("wi_0"))]);
        return graph.Node("Mul", [gate, graph.Linear(normalized, weight("wi_1"))]);
    }
}
