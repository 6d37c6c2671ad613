namespace Jina.Extensions.AI;

/// <summary>Represents the progress of a model download.</summary>
public readonly record struct ModelDownloadProgress
{
    internal ModelDownloadProgress(string file, long bytesReceived, long totalBytes, double bytesPerSecond)
    {
        File = file;
        BytesReceived = bytesReceived;
        TotalBytes = totalBytes;
        BytesPerSecond = bytesPerSecond;
    }

    /// <summary>Gets the file that last received bytes, as a path inside the model directory.</summary>
    public string File { get; init; }

    /// <summary>
    /// Gets the number of bytes on this machine, over all files. It includes the bytes of an earlier, interrupted download.
    /// </summary>
    public long BytesReceived { get; init; }

    /// <summary>Gets the number of bytes of all files whose size is known. It is final once every file has been requested.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Gets the average speed of this download. It is 0 before the first bytes arrive.</summary>
    public double BytesPerSecond { get; init; }
}
