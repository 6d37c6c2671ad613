namespace Jina.RandomCheckpoints;

/// <summary>Lists the weights of a T5 encoder, scaled like the initialization of T5, so that activations are as in a real model.</summary>
internal static class T5Weights
{
    public static IReadOnlyList<RandomWeight> Encoder(RandomCheckpointOptions options)
    {
        var weights = new List<RandomWeight>();
        int hidden = options.HiddenSize;
        int inner = options.HeadCount * options.HeadSize;
        int wide = options.FeedForwardSize;

        Matrix("shared", options.VocabularySize, hidden, 1);
        for (var block = 0; block < options.LayerCount; block++)
        {
            var attention = $"encoder.block.{block}.layer.0";
            Matrix($"{attention}.SelfAttention.q", inner, hidden, Root(hidden * options.HeadSize));
            Matrix($"{attention}.SelfAttention.k", inner, hidden, Root(hidden));
            Matrix($"{attention}.SelfAttention.v", inner, hidden, Root(hidden));
            Matrix($"{attention}.SelfAttention.o", hidden, inner, Root(inner));
            if (block == 0)
            {
                // Larger than T5's initialization, so that a wrong bucket or a wrong head is visible in the output.
                Matrix(
                    $"{attention}.SelfAttention.relative_attention_bias",
                    options.RelativeAttentionBuckets,
                    options.HeadCount,
                    4 * Root(hidden));
            }

            Norm($"{attention}.layer_norm");
            var feedForward = $"encoder.block.{block}.layer.1";
            foreach (var input in options.Gated ? (string[])["wi_0", "wi_1"] : ["wi"])
            {
                Matrix($"{feedForward}.DenseReluDense.{input}", wide, hidden, Root(hidden));
            }

            Matrix($"{feedForward}.DenseReluDense.wo", hidden, wide, Root(wide));
            Norm($"{feedForward}.layer_norm");
        }

        Norm("encoder.final_layer_norm");
        return weights;

        void Matrix(string name, int rows, int columns, double deviation) =>
            weights.Add(new RandomWeight($"{name}.weight", [rows, columns], options.Type, options.Seed, 0, deviation));

        void Norm(string name) => weights.Add(new RandomWeight($"{name}.weight", [hidden], options.Type, options.Seed, 1, 0.1));
    }

    public static IReadOnlyList<RandomWeight> Dense(RandomCheckpointOptions options, int size) =>
        [new RandomWeight("linear.weight", [size, options.HiddenSize], options.Type, options.Seed, 0, Root(options.HiddenSize))];

    private static double Root(double variance) => 1 / Math.Sqrt(variance);
}
