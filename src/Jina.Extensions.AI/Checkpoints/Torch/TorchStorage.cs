namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>A block of elements in an archive entry of its own, which tensors are views of.</summary>
/// <param name="Key">The entry's name below <c>data/</c>.</param>
/// <param name="TypeName">The storage class, e.g. <c>FloatStorage</c>.</param>
/// <param name="ElementCount">The number of elements.</param>
internal sealed record TorchStorage(string Key, string TypeName, long ElementCount);
