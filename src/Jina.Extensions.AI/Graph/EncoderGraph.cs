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
/// <param name="IsPacked">
/// Whether ONNX Runtime reads the weight only while it opens a session: a matrix, which it packs. Other weights are read by every run.
/// </param>
internal sealed record ExternalWeight(TensorEntry Entry, long[] Shape, bool IsPacked);
