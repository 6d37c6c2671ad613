using System.Globalization;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>
/// Reads the encoder's sizes. All sizes are taken from the shapes of the weights, and config.json must not contradict them.
/// The defaults of T5Config, which are t5-small's sizes, are never assumed.
/// </summary>
internal sealed class T5ConfigReader
{
    // The graph contains a table over all distances. T5's maximum is 128.
    private const int LargestDistance = 1 << 16;

    private readonly JsonFile _config;
    private readonly TensorDirectory _weights;

    private T5ConfigReader(JsonFile config, TensorDirectory weights)
    {
        _config = config;
        _weights = weights;
    }

    public static T5Config Read(JsonFile config, TensorDirectory weights) => new T5ConfigReader(config, weights).Read();

    private T5Config Read()
    {
        var gated = _weights.Contains(T5WeightNames.FeedForwardGate(0));
        CheckActivation(gated);
        var embedding = Matrix(T5WeightNames.Embedding);
        var bias = Matrix(T5WeightNames.RelativeAttentionBias);
        var heads = Size("num_heads", bias, 1);
        var buckets = Size("relative_attention_num_buckets", bias, 0, missing: 32);
        return new T5Config
        {
            VocabularySize = Size("vocab_size", embedding, 0),
            HiddenSize = Size("d_model", embedding, 1),
            LayerCount = LayerCount(),
            HeadCount = heads,
            HeadSize = HeadSize(heads),
            FeedForwardSize = Size("d_ff", Matrix(gated ? T5WeightNames.FeedForwardGate(0) : T5WeightNames.FeedForwardInput(0)), 0),
            GatedGelu = gated,
            RelativeAttentionBuckets = buckets,
            RelativeAttentionMaxDistance = MaxDistance(buckets),
            LayerNormEpsilon = Epsilon(),
        };
    }

    private int Size(string key, TensorEntry weight, int axis, int? missing = null)
    {
        var found = weight.Shape[axis];
        if (found is < 1 or > int.MaxValue || (_config.PositiveInteger(key) ?? missing ?? found) is var stated && stated != found)
        {
            throw Contradiction(
                key, missing, $"{weight.Name} in {Path.GetFileName(weight.File)} has the shape {TensorLayout.Describe(weight.Shape)}");
        }

        return (int)found;
    }

    private int HeadSize(int heads)
    {
        var query = Matrix(T5WeightNames.Query(0));
        var found = query.Shape[0] / heads;
        var isSize = found is >= 1 and <= int.MaxValue && query.Shape[0] % heads == 0;
        if (!isSize || (_config.PositiveInteger("d_kv") ?? found) != found)
        {
            throw Contradiction(
                "d_kv", null, $"{query.Name} in {Path.GetFileName(query.File)} has {query.Shape[0]} rows for {heads} heads");
        }

        return (int)found;
    }

    private int LayerCount()
    {
        var last = -1;
        foreach (var name in _weights.Names.Where(n => n.StartsWith(T5WeightNames.BlockPrefix, StringComparison.Ordinal)))
        {
            var number = name.AsSpan(T5WeightNames.BlockPrefix.Length);
            number = number[..Math.Max(0, number.IndexOf('.'))];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var block))
            {
                last = Math.Max(last, block);
            }
        }

        var found = last + 1L;
        if (found > int.MaxValue || (_config.PositiveInteger("num_layers") ?? found) != found)
        {
            throw Contradiction("num_layers", null, $"{Path.GetFileName(_weights.Path)} has {found} encoder blocks");
        }

        return (int)found;
    }

    private int MaxDistance(int buckets)
    {
        var distance = _config.PositiveInteger("relative_attention_max_distance") ?? 128;
        if (buckets < 4 || distance <= buckets / 4 || distance > LargestDistance)
        {
            throw new JinaModelException(
                _config.Path,
                $"relative_attention_num_buckets is {buckets} and relative_attention_max_distance is {distance}; at least 4 buckets, "
                + $"and a distance above a quarter of their number and up to {LargestDistance}, are expected. "
                + "Correct the file or download it again.");
        }

        return distance;
    }

    private float Epsilon()
    {
        var epsilon = (float)(_config.Number("layer_norm_epsilon") ?? 1e-6);
        return epsilon is >= 0 and < 1
            ? epsilon
            : throw new JinaModelException(
                _config.Path,
                $"layer_norm_epsilon is {epsilon}; a small number, such as 1e-6, is expected. Correct the file or download it again.");
    }

    private void CheckActivation(bool gated)
    {
        var expected = gated ? "gelu_new" : "relu";
        var projection = _config.Text("feed_forward_proj");
        if (projection is not null && projection != (gated ? "gated-gelu" : "relu"))
        {
            throw Mismatch("feed_forward_proj", projection, gated ? "gated-gelu" : "relu");
        }

        if (_config.Text("dense_act_fn") is { } activation && activation != expected)
        {
            throw Mismatch("dense_act_fn", activation, expected);
        }

        if (_config.Flag("is_gated_act") is { } flag && flag != gated)
        {
            throw Mismatch("is_gated_act", flag ? "true" : "false", gated ? "true" : "false");
        }
    }

    private JinaModelException Mismatch(string key, string found, string expected) =>
        new(
            _config.Path,
            $"{key} is '{found}', but the feed-forward weights in {Path.GetFileName(_weights.Path)} are those of T5 "
            + (expected is "relu" or "false" ? "v1.0 (wi)" : "v1.1 (wi_0, wi_1)")
            + $", for which '{expected}' is expected. Other activations are not supported. Choose another model.");

    private TensorEntry Matrix(string name)
    {
        var weight = _weights.Require(name);
        return weight.Shape.Count == 2
            ? weight
            : throw new JinaModelException(
                weight.File,
                $"{name} has the shape {TensorLayout.Describe(weight.Shape)}; two axes are expected. Download the model again.");
    }

    private JinaModelException Contradiction(string key, int? missing, string found)
    {
        string stated;
        if (_config.PositiveInteger(key) is { } value)
        {
            stated = $"is {value}";
        }
        else
        {
            stated = missing is null ? "is missing" : $"is missing, which means {missing}";
        }

        return new JinaModelException(
            _config.Path, $"{key} {stated}, but {found}. Use config.json and weights of the same revision of the model.");
    }
}
