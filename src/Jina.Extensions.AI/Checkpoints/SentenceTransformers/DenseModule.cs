using Jina.Extensions.AI.Checkpoints.T5;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Reads a Dense module: a matrix behind the pooling, as sentence-t5 has.</summary>
internal static class DenseModule
{
    private const string Weight = "linear.weight";
    private const string Identity = "torch.nn.modules.linear.Identity";

    /// <summary>Returns the weight, [out, in].</summary>
    public static TensorEntry Read(string folder, int? hiddenSize)
    {
        var config = JsonFile.Open(Path.Combine(folder, "config.json"));

        // What sentence-transformers assumes for the missing keys: a bias, and tanh.
        if (config.Flag("bias") ?? true)
        {
            throw new JinaModelException(config.Path, "the Dense module has a bias; bias false is expected. Choose another model.");
        }

        var activation = config.Text("activation_function") ?? "torch.nn.modules.activation.Tanh";
        if (activation != Identity)
        {
            throw new JinaModelException(
                config.Path, $"the Dense module's activation_function is {activation}; {Identity} is expected. Choose another model.");
        }

        var input = config.PositiveInteger("in_features");
        if (input is not null && hiddenSize is not null && input != hiddenSize)
        {
            throw new JinaModelException(
                config.Path, $"in_features is {input}, but the encoder's d_model is {hiddenSize}. Take all files from the same revision of the model.");
        }

        var weights = WeightFiles.Open(folder);
        var (rows, columns) = weights.Require(Weight).Shape is [var first, var second] ? (first, second) : (0, 0);
        return T5WeightShapes.Expect(weights, Weight, config.PositiveInteger("out_features") ?? rows, hiddenSize ?? input ?? columns);
    }
}
