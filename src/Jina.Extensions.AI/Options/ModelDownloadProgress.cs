namespace Jina.Extensions.AI;

/// <summary>How far the download of a model is.</summary>
/// <param name="File">The file that last received bytes, as a path inside the model's folder.</param>
/// <param name="BytesReceived">The bytes of all files that are here, those of an earlier, broken download included.</param>
/// <param name="TotalBytes">The bytes of all files whose size is known; it is final once every file has been asked for.</param>
/// <param name="BytesPerSecond">The speed over the whole call so far; 0 before the first bytes.</param>
public readonly record struct ModelDownloadProgress(string File, long BytesReceived, long TotalBytes, double BytesPerSecond);
