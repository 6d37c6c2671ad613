namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>A tensor as the pickle describes it: a view of a storage, in elements.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
