using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Graph;

/// <summary>
/// Builds the T5 encoder as an ONNX graph whose weights stay in the checkpoint. The graph maps <c>input_ids</c> and
/// <c>attention_mask</c>, int64 [batch, seq], to <c>sentence_embedding</c>, float32 [batch, dim], with mean pooling, or to
/// <c>token_embeddings</c>, float32 [batch, seq, dim].
/// </summary>
internal sealed class T5EncoderGraph
{
    /// <summary>The name of this library in the graph files that it writes.</summary>
    public const string Producer = "Jina.Extensions.AI";

    /// <summary>The version of the graph. It is raised when the graph changes for the same checkpoint.</summary>
    public const string Version = "3";

    private readonly GraphBuilder _graph;
    private readonly Checkpoint _checkpoint;
    private readonly T5Config _config;

    private T5EncoderGraph(Checkpoint checkpoint)
    {
        _graph = new GraphBuilder(checkpoint.Folder);
        _checkpoint = checkpoint;
        _config = checkpoint.Config;
    }

    /// <summary>Builds the graph. The locations of weights are relative to the checkpoint's folder.</summary>
    /// <param name="checkpoint">
    /// The checkpoint, published or with int8 weights. The type of its embedding table decides the arithmetic.
    /// </param>
    /// <param name="weights">The weights that the graph refers to in files.</param>
    /// <param name="output">The kind of vectors that the graph returns.</param>
    public static ModelProto Build(
        Checkpoint checkpoint, out IReadOnlyList<ExternalWeight> weights, EncoderOutput output = EncoderOutput.Texts)
    {
        var encoder = new T5EncoderGraph(checkpoint);
        var model = encoder.Build(output);
        weights = encoder._graph.Weights;
        return model;
    }

    private ModelProto Build(EncoderOutput output)
    {
        var ids = _graph.Input(EncoderValueNames.InputIds, "batch", "seq");
        var mask = _graph.Cast(_graph.Input(EncoderValueNames.AttentionMask, "batch", "seq"));

        IEncoderLayers layers = _checkpoint.Embedding.ElementType == TensorElementType.Int8
            ? new Int8Layers(_graph, _checkpoint, ids)
            : new Float32Layers(_graph, _checkpoint);
        var hidden = layers.Embed(ids);
        var attention = new AttentionBlock(_graph, _config, layers, ids, mask, Weight(T5WeightNames.RelativeAttentionBias));
        for (var block = 0; block < _config.LayerCount; block++)
        {
            hidden = attention.Add(hidden, RmsNorm(hidden, T5WeightNames.AttentionNorm(block)), block);
            hidden = layers.AddFeedForward(hidden, RmsNorm(hidden, T5WeightNames.FeedForwardNorm(block)), block);
        }

        hidden = RmsNorm(hidden, T5WeightNames.FinalNorm);
        if (output == EncoderOutput.Texts)
        {
            Pool(hidden, mask, ids);
        }
        else
        {
            ReturnTokens(hidden, ids);
        }

        return _graph.Build(Producer, Version);
    }

    /// <summary>Adds the mean over the positions with mask 1, then the Dense module if the checkpoint has one.</summary>
    private void Pool(string hidden, string mask, string ids)
    {
        var shape = ShapeOfTokens(ids, _config.HiddenSize);
        var row = _graph.Node("Unsqueeze", [mask, _graph.Constant(1)]);
        var sum = _graph.Node("Squeeze", [_graph.Node("MatMul", [row, _graph.Reshape(hidden, shape)]), _graph.Constant(1)]);
        var count = _graph.Node("ReduceSum", [mask, _graph.Constant(1)], GraphBuilder.Int("keepdims", 1));

        // This is sentence-transformers' guard against a text without positions.
        var mean = _graph.Node("Div", [sum, _graph.Node("Max", [count, _graph.Constant(1e-9f)])]);
        _graph.Output(EncoderValueNames.SentenceEmbedding, Dense(mean), "batch", $"{Dimensions}");
    }

    /// <summary>
    /// Adds the output of all positions. The Dense module is linear, so it can come before the mean that a caller computes.
    /// </summary>
    private void ReturnTokens(string hidden, string ids) => _graph.Output(
        EncoderValueNames.TokenEmbeddings,
        _graph.Reshape(Dense(hidden), ShapeOfTokens(ids, Dimensions)),
        "batch",
        "seq",
        $"{Dimensions}");

    private long Dimensions => _checkpoint.Pipeline.Dense?.Shape[0] ?? _config.HiddenSize;

    private string Dense(string rows) =>
        _checkpoint.Pipeline.Dense is { } dense ? _graph.Linear(rows, _graph.FloatWeight(dense, WeightUse.Packed)) : rows;

    private string ShapeOfTokens(string ids, long width) =>
        _graph.Node("Concat", [_graph.Node("Shape", [ids]), _graph.Constant(width)], GraphBuilder.Int("axis", 0));

    /// <summary>Adds T5's layer norm, which scales only and does not subtract the mean.</summary>
    private string RmsNorm(string hidden, string weight) => _graph.Node(
        "SimplifiedLayerNormalization",
        [hidden, Weight(weight)],
        GraphBuilder.Int("axis", -1),
        GraphBuilder.Float("epsilon", _config.LayerNormEpsilon));

    private string Weight(string name) => _graph.FloatWeight(_checkpoint.Tensors[name]);
}
