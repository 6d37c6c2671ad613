using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Graph;

/// <summary>T5's feed-forward: ReLU (v1.0) or gated GELU in its tanh form (v1.1), no biases.</summary>
internal sealed class FeedForwardBlock(GraphBuilder graph, bool gatedGelu, Func<string, string> weight)
{
    /// <summary>Adds the block's output to the residual stream; all values are [batch * seq, d].</summary>
    public string Add(string residual, string normalized, int block) =>
        graph.Linear(gatedGelu ? GatedGelu(normalized, block) : Relu(normalized, block), weight(T5WeightNames.FeedForwardOutput(block)), residual);

    private string Relu(string normalized, int block) =>
        graph.Node("Relu", [graph.Linear(normalized, weight(T5WeightNames.FeedForwardInput(block)))]);

    private string GatedGelu(string normalized, int block)
    {
        var gate = graph.ContribNode("FastGelu", [graph.Linear(normalized, weight(T5WeightNames.FeedForwardGate(block)))]);
        return graph.Node("Mul", [gate, graph.Linear(normalized, weight(T5WeightNames.FeedForwardLinear(block)))]);
    }
}
