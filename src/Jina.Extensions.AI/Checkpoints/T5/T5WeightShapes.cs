namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>Checks that every weight of the encoder is there, in a type that can be run and the shape the config implies.</summary>
internal static class T5WeightShapes
{
    public static void Check(T5Config config, TensorDirectory weights)
    {
        long hidden = config.HiddenSize;
        long inner = (long)config.HeadCount * config.HeadSize;
        long wide = config.FeedForwardSize;

        Expect(weights, T5WeightNames.FinalNorm, hidden);
        for (var block = 0; block < config.LayerCount; block++)
        {
            Expect(weights, T5WeightNames.AttentionNorm(block), hidden);
            Expect(weights, T5WeightNames.Query(block), inner, hidden);
            Expect(weights, T5WeightNames.Key(block), inner, hidden);
            Expect(weights, T5WeightNames.Value(block), inner, hidden);
            Expect(weights, T5WeightNames.AttentionOutput(block), hidden, inner);
            Expect(weights, T5WeightNames.FeedForwardNorm(block), hidden);
            Expect(weights, T5WeightNames.FeedForwardOutput(block), hidden, wide);
            if (config.GatedGelu)
            {
                Expect(weights, T5WeightNames.FeedForwardGate(block), wide, hidden);
                Expect(weights, T5WeightNames.FeedForwardLinear(block), wide, hidden);
            }
            else
            {
                Expect(weights, T5WeightNames.FeedForwardInput(block), wide, hidden);
            }
        }
    }

    /// <summary>Returns the weight if it has the shape.</summary>
    public static TensorEntry Expect(TensorDirectory weights, string name, params long[] shape)
    {
        var weight = weights.Require(name);
        return weight.Shape.SequenceEqual(shape)
            ? weight
            : throw new JinaModelException(
                weight.File,
                $"{name} has the shape {TensorLayout.Describe(weight.Shape)}; {TensorLayout.Describe(shape)} is expected from the config and the other weights. "
                + "Take all files from the same revision of the model.");
    }
}
