using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph.Onnx;

namespace Jina.Extensions.AI.Graph;

/// <summary>
/// The T5 encoder with mean pooling as an ONNX graph whose weights stay in the checkpoint:
/// <c>input_ids</c>, <c>attention_mask</c> int64 [batch, seq] to <c>sentence_embedding</c> float32 [batch, dim].
/// </summary>
internal sealed class T5EncoderGraph
{
    /// <summary>Names this library in the graph files that it writes.</summary>
    public const string Producer = "Jina.Extensions.AI";

    /// <summary>Raised when the graph changes for the same checkpoint.</summary>
    public const string Version = "1";

    private readonly GraphBuilder _graph;
    private readonly Checkpoint _checkpoint;
    private readonly T5Config _config;

    private T5EncoderGraph(Checkpoint checkpoint)
    {
        _graph = new GraphBuilder(checkpoint.Folder);
        _checkpoint = checkpoint;
        _config = checkpoint.Config;
    }

    /// <summary>Builds the graph; weight locations are relative to the checkpoint's folder.</summary>
    public static ModelProto Build(Checkpoint checkpoint) => new T5EncoderGraph(checkpoint).Build();

    private ModelProto Build()
    {
        var ids = _graph.Input("input_ids", "batch", "seq");
        var mask = _graph.Cast(_graph.Input("attention_mask", "batch", "seq"));

        // The residual stream is [batch * seq, d]: two-dimensional products let Gemm read [out, in] weights as stored.
        var embedding = _checkpoint.Embedding;
        var rows = _graph.Node("Gather", [_graph.Weight(embedding), ids]);
        var hidden = Reshape(_graph.ToFloat(rows, embedding.ElementType), _graph.Constant(-1, _config.HiddenSize));

        var attention = new AttentionBlock(_graph, _config, Weight, ids, mask, Weight(T5WeightNames.RelativeAttentionBias));
        var feedForward = new FeedForwardBlock(_graph, _config.GatedGelu, Weight);
        for (var layer = 0; layer < _config.LayerCount; layer++)
        {
            hidden = attention.Add(hidden, RmsNorm(hidden, T5WeightNames.AttentionNorm(layer)), layer);
            hidden = feedForward.Add(hidden, RmsNorm(hidden, T5WeightNames.FeedForwardNorm(layer)), layer);
        }

        Pool(RmsNorm(hidden, T5WeightNames.FinalNorm), mask, ids);
        return _graph.Build(Producer, Version);
    }

    /// <summary>Mean over the positions with mask 1, then the Dense module if the checkpoint has one.</summary>
    private void Pool(string hidden, string mask, string ids)
    {
        var shape = _graph.Node("Concat", [_graph.Node("Shape", [ids]), _graph.Constant(_config.HiddenSize)], GraphBuilder.Int("axis", 0));
        var row = _graph.Node("Unsqueeze", [mask, _graph.Constant(1)]);
        var sum = _graph.Node("Squeeze", [_graph.Node("MatMul", [row, Reshape(hidden, shape)]), _graph.Constant(1)]);
        var count = _graph.Node("ReduceSum", [mask, _graph.Constant(1)], GraphBuilder.Int("keepdims", 1));

        // sentence-transformers' guard against a text without positions.
        var mean = _graph.Node("Div", [sum, _graph.Node("Max", [count, _graph.Constant(1e-9f)])]);
        var dense = _checkpoint.Pipeline.Dense;
        var pooled = dense is null ? mean : _graph.Linear(mean, _graph.FloatWeight(dense));
        _graph.Output("sentence_embedding", pooled, "batch", $"{dense?.Shape[0] ?? _config.HiddenSize}");
    }

    /// <summary>T5LayerNorm: scale only, no mean subtraction.</summary>
    private string RmsNorm(string hidden, string weight) => _graph.Node(
        "SimplifiedLayerNormalization",
        [hidden, Weight(weight)],
        GraphBuilder.Int("axis", -1),
        GraphBuilder.Float("epsilon", _config.LayerNormEpsilon));

    private string Weight(string name) => _graph.FloatWeight(_checkpoint.Tensors[name]);

    private string Reshape(string value, string shape) => _graph.Node("Reshape", [value, shape]);
}
