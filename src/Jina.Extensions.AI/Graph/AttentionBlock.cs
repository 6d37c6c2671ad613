using Jina.Extensions.AI.Checkpoints.T5;

namespace Jina.Extensions.AI.Graph;

/// <summary>Builds T5's self-attention: no biases, no scaling by the head size, and one relative-position bias for all layers.</summary>
internal sealed class AttentionBlock
{
    /// <summary>The value that is added to the score of a padded key. It is so low that the key's weight becomes exactly 0.</summary>
    private const float Excluded = -1e9f;

    private readonly GraphBuilder _graph;
    private readonly T5Config _config;
    private readonly IEncoderLayers _layers;
    private readonly string _shape;
    private readonly string _bias;

    public AttentionBlock(GraphBuilder graph, T5Config config, IEncoderLayers layers, string ids, string mask, string relativeBias)
    {
        _graph = graph;
        _config = config;
        _layers = layers;
        var shape = graph.Node("Shape", [ids]);
        _shape = graph.Node("Concat", [shape, graph.Constant(config.HeadCount * config.HeadSize)], GraphBuilder.Int("axis", 0));

        var keyMask = graph.Node("Unsqueeze", [mask, graph.Constant(1, 2)]);
        var excluded = graph.Node("Mul", [graph.Node("Sub", [graph.Constant(1f), keyMask]), graph.Constant(Excluded)]);
        _bias = graph.Node("Add", [PositionBias(shape, relativeBias), excluded]);
    }

    /// <summary>Adds the block's output to the residual stream; all values are [batch * seq, d].</summary>
    public string Add(string residual, string normalized, int block)
    {
        var projected = _layers.Project(normalized, T5WeightNames.Query(block), T5WeightNames.Key(block), T5WeightNames.Value(block));
        var context = _graph.Node(
            "Attention",
            [.. projected.Select(rows => _graph.Reshape(rows, _shape)), _bias],
            GraphBuilder.Int("q_num_heads", _config.HeadCount),
            GraphBuilder.Int("kv_num_heads", _config.HeadCount),
            GraphBuilder.Float("scale", 1));
        return _layers.AddProjection(
            residual,
            _graph.Reshape(context, _graph.Constant(-1, _config.HeadCount * _config.HeadSize)),
            T5WeightNames.AttentionOutput(block));
    }

    /// <summary>Returns the bias of every (query, key) pair: [heads, seq, seq].</summary>
    private string PositionBias(string shape, string relativeBias)
    {
        // [buckets, heads] to [heads, 2 * reach + 1]. All inputs are constants, so the runtime computes it once, at load.
        var reach = RelativePositions.Reach(_config);
        var byBucket = _graph.Node("Transpose", [relativeBias], GraphBuilder.Ints("perm", 1, 0));
        var byDistance = _graph.Node(
            "Gather", [byBucket, _graph.Constant(RelativePositions.BucketTable(_config))], GraphBuilder.Int("axis", 1));

        var length = _graph.Node("Gather", [shape, _graph.Scalar(1)]);
        var positions = _graph.Node("Range", [_graph.Scalar(0), length, _graph.Scalar(1)]);
        var keys = _graph.Node("Unsqueeze", [positions, _graph.Constant(0)]);
        var queries = _graph.Node("Unsqueeze", [positions, _graph.Constant(1)]);
        var relative = _graph.Node("Clip", [_graph.Node("Sub", [keys, queries]), _graph.Scalar(-reach), _graph.Scalar(reach)]);
        return _graph.Node("Gather", [byDistance, _graph.Node("Add", [relative, _graph.Scalar(reach)])], GraphBuilder.Int("axis", 1));
    }
}
