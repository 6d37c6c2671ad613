using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Reads a Dense module: a matrix after the pooling, as in sentence-t5.</summary>
internal static class DenseModule
{
    private const string Weight = "linear.weight";
    private const string Identity = "torch.nn.modules.linear.Identity";

    /// <summary>Returns the weight, [out, in].</summary>
    public static TensorEntry Read(string folder, int? hiddenSize)
    {
        var config = JsonFile.Open(Path.Combine(folder, ModelFileNames.Config));

        // sentence-transformers' defaults for missing keys are a bias and tanh.
        if (config.Flag("bias") ?? true)
        {
            throw new JinaModelException(config.Path, "The Dense module has a bias; bias false is expected. Choose another model.");
        }

        var activation = config.Text("activation_function") ?? "torch.nn.modules.activation.Tanh";
        if (activation != Identity)
        {
            throw new JinaModelException(
                config.Path, $"The Dense module's activation_function is {activation}; {Identity} is expected. Choose another model.");
        }

        var input = config.PositiveInteger("in_features");
        if (input is not null && hiddenSize is not null && input != hiddenSize)
        {
            throw new JinaModelException(
                config.Path,
                $"in_features is {input}, but the encoder's d_model is {hiddenSize}. Use files of the same revision of the model.");
        }

        var weights = WeightFiles.Open(folder);
        var (rows, columns) = weights.Require(Weight).Shape is [var first, var second] ? (first, second) : (0, 0);
        return weights.Require(Weight, config.PositiveInteger("out_features") ?? rows, hiddenSize ?? input ?? columns);
    }
}
