using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Graph;

/// <summary>Represents a graph file that is ready to load.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Weights">The weights that the graph refers to in other files. Empty for an ONNX export.</param>
internal sealed record EncoderGraph(string Path, IReadOnlyList<ExternalWeight> Weights)
{
    /// <summary>
    /// Gets the graph over the same weights that returns a vector per token, or <see langword="null"/> if it was not written together with
    /// this one.
    /// </summary>
    public EncoderGraph? Tokens { get; init; }
}

/// <summary>Specifies what a graph returns.</summary>
internal enum EncoderOutput
{
    /// <summary>One vector per text: the mean over its tokens.</summary>
    Texts,

    /// <summary>One vector per token. The mean of these vectors is the vector of the text.</summary>
    Tokens,
}

/// <summary>Represents a weight that a graph refers to in its checkpoint file.</summary>
/// <param name="Entry">The weight. Its name is the initializer's.</param>
/// <param name="Shape">The initializer's shape: the axes in the order of the file.</param>
/// <param name="Use">Specifies when ONNX Runtime reads the weight.</param>
internal sealed record ExternalWeight(TensorEntry Entry, long[] Shape, WeightUse Use);

/// <summary>Specifies when ONNX Runtime reads a weight.</summary>
internal enum WeightUse
{
    /// <summary>Every run reads the whole weight.</summary>
    Whole,

    /// <summary>Every run reads the rows of its token IDs: the embedding table.</summary>
    Rows,

    /// <summary>
    /// ONNX Runtime reads the weight only while it opens a session: a matrix, the second factor of a product, which it packs.
    /// </summary>
    Packed,
}
