using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Checkpoints.T5;

/// <summary>Checks that every weight of the encoder is present, in a supported type and in the shape that the config implies.</summary>
internal static class T5WeightShapes
{
    public static void Check(T5Config config, TensorDirectory weights)
    {
        long hidden = config.HiddenSize;
        long inner = (long)config.HeadCount * config.HeadSize;
        long wide = config.FeedForwardSize;

        weights.Require(T5WeightNames.FinalNorm, hidden);
        for (var block = 0; block < config.LayerCount; block++)
        {
            weights.Require(T5WeightNames.AttentionNorm(block), hidden);
            weights.Require(T5WeightNames.Query(block), inner, hidden);
            weights.Require(T5WeightNames.Key(block), inner, hidden);
            weights.Require(T5WeightNames.Value(block), inner, hidden);
            weights.Require(T5WeightNames.AttentionOutput(block), hidden, inner);
            weights.Require(T5WeightNames.FeedForwardNorm(block), hidden);
            weights.Require(T5WeightNames.FeedForwardOutput(block), hidden, wide);
            if (config.GatedGelu)
            {
                weights.Require(T5WeightNames.FeedForwardGate(block), wide, hidden);
                weights.Require(T5WeightNames.FeedForwardLinear(block), wide, hidden);
            }
            else
            {
                weights.Require(T5WeightNames.FeedForwardInput(block), wide, hidden);
            }
        }
    }
}
