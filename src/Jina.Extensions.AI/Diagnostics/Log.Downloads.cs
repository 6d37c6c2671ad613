using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Diagnostics;

/// <content>The messages about downloads. Access tokens and signed addresses are never logged.</content>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "Downloading {Model} at {Commit}: {Files} files, {Bytes} bytes, from {Host}.")]
    public static partial void DownloadStarted(ILogger logger, string model, string commit, int files, long bytes, string host);

    [LoggerMessage(21, LogLevel.Information, "Downloaded {Model} to {Folder} in {ElapsedMilliseconds} ms.")]
    public static partial void DownloadFinished(ILogger logger, string model, string folder, long elapsedMilliseconds);

    [LoggerMessage(22, LogLevel.Warning, "{Problem} Trying again in {Seconds} s.")]
    public static partial void DownloadRetried(ILogger logger, string problem, double seconds);

    [LoggerMessage(23, LogLevel.Information, "Waiting for {Model}: another thread or process is downloading it.")]
    public static partial void DownloadAwaited(ILogger logger, string model);

    [LoggerMessage(24, LogLevel.Information, "Found {Model} in the Hugging Face cache {Cache}.")]
    public static partial void ModelAdopted(ILogger logger, string model, string cache);

    [LoggerMessage(25, LogLevel.Warning, "Damaged or missing files in {Folder}: {Files}.")]
    public static partial void DamageFound(ILogger logger, string folder, string files);
}
