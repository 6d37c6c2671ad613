namespace Jina.Extensions.AI;

/// <summary>Represents the progress of quantizing a model's weights to int8.</summary>
public readonly record struct WeightQuantizationProgress
{
    internal WeightQuantizationProgress(long bytesDone, long totalBytes)
    {
        BytesDone = bytesDone;
        TotalBytes = totalBytes;
    }

    /// <summary>Gets the number of bytes of the checkpoint's weights that have been quantized.</summary>
    public long BytesDone { get; init; }

    /// <summary>Gets the number of bytes of all weights of the checkpoint.</summary>
    public long TotalBytes { get; init; }
}
