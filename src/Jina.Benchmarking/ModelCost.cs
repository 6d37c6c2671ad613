using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;

namespace Jina.Benchmarking;

/// <summary>
/// Calculates the arithmetic that a T5 encoder needs from its sizes. A multiplication and an addition are two operations.
/// </summary>
/// <param name="Layers">The number of layers.</param>
/// <param name="Width">The width of the residual stream.</param>
/// <param name="HeadsWidth">The width of all heads together.</param>
/// <param name="FeedForward">The width of the feed-forward.</param>
/// <param name="Gated">Whether the feed-forward has two inputs.</param>
/// <param name="DenseOutputs">The outputs of a Dense module after pooling, or 0 without such a module.</param>
internal sealed record ModelCost(int Layers, int Width, int HeadsWidth, int FeedForward, bool Gated, int DenseOutputs)
{
    /// <summary>Gets the number of weights that every token is multiplied with.</summary>
    public long MatrixWeights => (long)Layers * ((4L * Width * HeadsWidth) + ((Gated ? 3L : 2L) * Width * FeedForward));

    /// <summary>Returns the size of those weights in bytes.</summary>
    public long MatrixBytes(Precision precision) => MatrixWeights * (precision == Precision.Int8 ? sizeof(sbyte) : sizeof(float));

    public static ModelCost From(Checkpoint checkpoint)
    {
        var config = checkpoint.Config;
        return new ModelCost(
            config.LayerCount,
            config.HiddenSize,
            config.HeadCount * config.HeadSize,
            config.FeedForwardSize,
            config.GatedGelu,
            (int)(checkpoint.Pipeline.Dense?.Shape[0] ?? 0));
    }

    /// <summary>Returns the operations of a text of this many tokens, without padding.</summary>
    public Operations Operations(int tokens)
    {
        // Scores, and values weighted by them: each is tokens x tokens x width.
        var attention = 4.0 * Layers * tokens * tokens * HeadsWidth;
        return new Operations(2.0 * tokens * MatrixWeights, attention + (2.0 * Width * DenseOutputs));
    }
}

/// <summary>Represents numbers of operations.</summary>
/// <param name="Products">The products with the weights of the layers. They are integer products in int8.</param>
/// <param name="Others">The products of attention and of a Dense module, which are in fp32 in both precisions.</param>
internal readonly record struct Operations(double Products, double Others)
{
    public double Total => Products + Others;

    public static Operations operator +(Operations one, Operations other) =>
        new(one.Products + other.Products, one.Others + other.Others);
}
