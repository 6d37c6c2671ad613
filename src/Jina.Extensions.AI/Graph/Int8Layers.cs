using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Weights;

namespace Jina.Extensions.AI.Graph;

/// <summary>Builds layers over int8 weights with a scale per output channel, and activations with a scale per row.</summary>
/// <remarks>
/// <para>A row's scale depends on that row alone, so a text's vector does not depend on its neighbors in a batch. ReLU commutes with a
/// scale, so the wide rows of the feed-forward are never scaled: their factor is applied to its output.</para>
/// <para>Signed rows are stored as uint8 around 128, because processors have instructions for that form. Rows after ReLU are stored
/// from 0 to 255. Storing them sets negative values to 0, which is ReLU.</para>
/// </remarks>
internal sealed class Int8Layers : IEncoderLayers
{
    private const byte SignedZero = 128;

    private readonly GraphBuilder _graph;
    private readonly Checkpoint _checkpoint;
    private readonly string _flatIds;
    private readonly string _signedZeros;
    private readonly string _unsignedZeros;

    /// <param name="graph">The graph to add to.</param>
    /// <param name="checkpoint">A checkpoint of int8 weights, each with its <see cref="Int8WeightNames.Scale"/>.</param>
    /// <param name="ids">The IDs, [batch, seq].</param>
    public Int8Layers(GraphBuilder graph, Checkpoint checkpoint, string ids)
    {
        _graph = graph;
        _checkpoint = checkpoint;
        _flatIds = graph.Reshape(ids, graph.Constant(-1));
        var rows = graph.Node("Shape", [_flatIds]);
        _signedZeros = graph.Node("Expand", [graph.ByteScalar(SignedZero), rows]);
        _unsignedZeros = graph.Node("Expand", [graph.ByteScalar(0), rows]);
    }

    public string Embed(string ids)
    {
        var rows = _graph.Node(
            "DequantizeLinear",
            [
                _graph.Node("Gather", [_graph.Weight(_checkpoint.Embedding, WeightUse.Rows), _flatIds]),
                _graph.Node("Gather", [Scale(T5WeightNames.Embedding), _flatIds]),
            ],
            GraphBuilder.Int("axis", 0));
        return _graph.Node("Mul", [rows, Weight(Int8WeightNames.ColumnScale(T5WeightNames.Embedding))]);
    }

    public IReadOnlyList<string> Project(string rows, params string[] weights)
    {
        var quantized = Quantize(rows);
        return [.. weights.Select(weight => Product(quantized, weight, quantized.Scales))];
    }

    public string AddProjection(string residual, string rows, string weight)
    {
        var quantized = Quantize(rows);
        return _graph.Node("Add", [residual, Product(quantized, weight, quantized.Scales)]);
    }

    public string AddFeedForward(string residual, string normalized, int block)
    {
        var rows = Quantize(normalized);
        QuantizedRows wide;
        if (_checkpoint.Config.GatedGelu)
        {
            // GELU does not commute with a scale. So its half is scaled first, and the linear half's factor is applied to the output.
            var gate = _graph.ContribNode("FastGelu", [Product(rows, T5WeightNames.FeedForwardGate(block), rows.Scales)]);
            wide = Quantize(_graph.Node("Mul", [gate, Product(rows, T5WeightNames.FeedForwardLinear(block), Unscaled)]));
        }
        else
        {
            wide = QuantizePositive(Product(rows, T5WeightNames.FeedForwardInput(block), Unscaled));
        }

        var scales = _graph.Node("Mul", [rows.Scales, wide.Scales]);
        return _graph.Node("Add", [residual, Product(wide, T5WeightNames.FeedForwardOutput(block), scales)]);
    }

    private string Unscaled => _graph.Constant(1f);

    /// <summary>Multiplies rows by a weight in integers, then by the weight's scales and the rows' scales.</summary>
    private string Product(QuantizedRows rows, string weight, string scales) => _graph.ContribNode(
        "MatMulIntegerToFloat",
        [rows.Values, Matrix(weight), scales, Scale(weight), _graph.ByteScalar(rows.Zero)]);

    private QuantizedRows Quantize(string rows) =>
        Quantize(rows, _graph.Node("Abs", [rows]), Int8WeightNames.Largest, SignedZero, _signedZeros);

    private QuantizedRows QuantizePositive(string rows) => Quantize(rows, rows, byte.MaxValue, 0, _unsignedZeros);

    private QuantizedRows Quantize(string rows, string magnitudes, float largest, byte zero, string zeros)
    {
        var peaks = _graph.Node("ReduceMax", [magnitudes, _graph.Constant(1)], GraphBuilder.Int("keepdims", 1));

        // The scale of a row of zeros, or of a row that ReLU sets to zero, must not be 0, because rows are divided by it.
        var scales = _graph.Node("Max", [_graph.Node("Mul", [peaks, _graph.Constant(1 / largest)]), _graph.Constant(1e-30f)]);
        var values = _graph.Node("QuantizeLinear", [rows, _graph.Reshape(scales, _graph.Constant(-1)), zeros], GraphBuilder.Int("axis", 0));
        return new QuantizedRows(values, scales, zero);
    }

    private string Matrix(string name) => _graph.Weight(_checkpoint.Tensors[name], WeightUse.Packed);

    private string Weight(string name) => _graph.Weight(_checkpoint.Tensors[name]);

    private string Scale(string name) => _graph.Weight(_checkpoint.Tensors[Int8WeightNames.Scale(name)]);

    /// <summary>Represents uint8 rows around a zero point, with the scales [rows, 1] that restore their values.</summary>
    private readonly record struct QuantizedRows(string Values, string Scales, byte Zero);
}
