using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Tests.Checkpoints;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Implements the T5 encoder with mean pooling in double precision, slowly and without code from the graph.</summary>
internal sealed class ReferenceEncoder(Checkpoint checkpoint)
{
    private readonly T5Config _config = checkpoint.Config;
    private readonly Dictionary<string, double[]> _weights = [];

    public double[] Embed(IReadOnlyList<int> ids)
    {
        var table = Read(checkpoint.Embedding);
        var hidden = ids.Select(id => table[(id * _config.HiddenSize)..((id + 1) * _config.HiddenSize)]).ToArray();
        for (var layer = 0; layer < _config.LayerCount; layer++)
        {
            var block = $"encoder.block.{layer}.layer";
            Add(hidden, Attend(RmsNorm(hidden, $"{block}.0.layer_norm"), $"{block}.0.SelfAttention"));
            Add(hidden, FeedForward(RmsNorm(hidden, $"{block}.1.layer_norm"), $"{block}.1.DenseReluDense"));
        }

        hidden = RmsNorm(hidden, "encoder.final_layer_norm");
        var mean = Enumerable.Range(0, _config.HiddenSize).Select(i => hidden.Average(row => row[i])).ToArray();
        return checkpoint.Pipeline.Dense is { } dense ? Project(mean, Read(dense)) : mean;
    }

    private double[][] Attend(double[][] hidden, string name)
    {
        var query = Project(hidden, $"{name}.q");
        var key = Project(hidden, $"{name}.k");
        var value = Project(hidden, $"{name}.v");
        var bias = Read("encoder.block.0.layer.0.SelfAttention.relative_attention_bias");
        var context = hidden.Select(_ => new double[_config.HeadCount * _config.HeadSize]).ToArray();
        for (var head = 0; head < _config.HeadCount; head++)
        {
            var from = head * _config.HeadSize;
            for (var q = 0; q < hidden.Length; q++)
            {
                var scores = new double[hidden.Length];
                for (var k = 0; k < hidden.Length; k++)
                {
                    var dot = Enumerable.Range(from, _config.HeadSize).Sum(i => query[q][i] * key[k][i]);
                    scores[k] = dot + bias[(Bucket(k - q) * _config.HeadCount) + head];
                }

                var largest = scores.Max();
                var weights = scores.Select(score => Math.Exp(score - largest)).ToArray();
                var sum = weights.Sum();
                for (var i = from; i < from + _config.HeadSize; i++)
                {
                    context[q][i] = Enumerable.Range(0, hidden.Length).Sum(k => weights[k] / sum * value[k][i]);
                }
            }
        }

        return Project(context, $"{name}.o");
    }

    /// <summary>Implements the published formula. Another test covers its single-precision boundaries.</summary>
    private int Bucket(int relative)
    {
        var half = _config.RelativeAttentionBuckets / 2;
        var exact = half / 2;
        var distance = Math.Abs(relative);
        var bucket = distance < exact ? distance
            : Math.Min(half - 1, exact + (int)(LogRatio(distance, exact) * (half - exact)));
        return relative > 0 ? half + bucket : bucket;
    }

    private float LogRatio(int distance, int exact) =>
        MathF.Log((float)distance / exact) / (float)Math.Log((double)_config.RelativeAttentionMaxDistance / exact);

    private double[][] FeedForward(double[][] hidden, string name)
    {
        var inner = _config.GatedGelu
            ? [.. Project(hidden, $"{name}.wi_0").Zip(Project(hidden, $"{name}.wi_1"), Gate)]
            : Project(hidden, $"{name}.wi").Select(row => row.Select(x => Math.Max(0, x)).ToArray()).ToArray();
        return Project(inner, $"{name}.wo");
    }

    private static double[] Gate(double[] gate, double[] linear) => [.. gate.Zip(linear, (g, x) => GeluTanh(g) * x)];

    private static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private double[][] RmsNorm(double[][] hidden, string name)
    {
        var scale = Read(name);
        return [.. hidden.Select(row =>
        {
            var inverse = 1 / Math.Sqrt(row.Average(x => x * x) + _config.LayerNormEpsilon);
            return row.Select((x, i) => x * inverse * scale[i]).ToArray();
        })];
    }

    private double[][] Project(double[][] rows, string name)
    {
        var weight = Read(name);
        return [.. rows.Select(row => Project(row, weight))];
    }

    private static double[] Project(double[] row, double[] weight) =>
        [.. Enumerable.Range(0, weight.Length / row.Length).Select(o => row.Select((x, i) => x * weight[(o * row.Length) + i]).Sum())];

    private double[] Read(string name) => Read(checkpoint.Tensors[$"{name}.weight"]);

    private double[] Read(TensorEntry entry)
    {
        if (!_weights.TryGetValue(entry.Name, out var values))
        {
            _weights[entry.Name] = values = Array.ConvertAll(WeightReader.Read(entry), static x => (double)x);
        }

        return values;
    }

    private static void Add(double[][] hidden, double[][] delta)
    {
        foreach (var (row, change) in hidden.Zip(delta))
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] += change[i];
            }
        }
    }
}
