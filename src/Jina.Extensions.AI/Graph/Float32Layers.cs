using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;

namespace Jina.Extensions.AI.Graph;

/// <summary>Builds single-precision layers over the checkpoint's own weights.</summary>
/// <remarks>Gemm works on two axes: it reads [out, in] weights as they are stored, and takes the residual as its third input.</remarks>
internal sealed class Float32Layers(GraphBuilder graph, Checkpoint checkpoint) : IEncoderLayers
{
    public string Embed(string ids)
    {
        var table = checkpoint.Embedding;
        var rows = graph.Node("Gather", [graph.Weight(table, WeightUse.Rows), ids]);
        return graph.Reshape(graph.ToFloat(rows, table.ElementType), graph.Constant(-1, checkpoint.Config.HiddenSize));
    }

    public IReadOnlyList<string> Project(string rows, params string[] weights) =>
        [.. weights.Select(weight => graph.Linear(rows, Weight(weight)))];

    public string AddProjection(string residual, string rows, string weight) => graph.Linear(rows, Weight(weight), residual);

    public string AddFeedForward(string residual, string normalized, int block) => AddProjection(
        residual,
        checkpoint.Config.GatedGelu
            ? GatedGelu(normalized, block)
            : graph.Node("Relu", Project(normalized, T5WeightNames.FeedForwardInput(block))),
        T5WeightNames.FeedForwardOutput(block));

    private string GatedGelu(string normalized, int block)
    {
        var halves = Project(normalized, T5WeightNames.FeedForwardGate(block), T5WeightNames.FeedForwardLinear(block));
        return graph.Node("Mul", [graph.ContribNode("FastGelu", [halves[0]]), halves[1]]);
    }

    private string Weight(string name) => graph.FloatWeight(checkpoint.Tensors[name], WeightUse.Packed);
}
