using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Graph;

/// <summary>A weight that a graph leaves in its file.</summary>
/// <param name="Entry">The weight; its name is the initializer's.</param>
/// <param name="Shape">The initializer's shape: the order of axes in the file.</param>
internal sealed record ExternalWeight(TensorEntry Entry, long[] Shape);
