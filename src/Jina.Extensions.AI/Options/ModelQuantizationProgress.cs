namespace Jina.Extensions.AI;

/// <summary>How far the quantization of a model's weights is.</summary>
/// <param name="BytesDone">The bytes of the checkpoint's weights that are done.</param>
/// <param name="TotalBytes">The bytes of all of them.</param>
public readonly record struct ModelQuantizationProgress(long BytesDone, long TotalBytes);
