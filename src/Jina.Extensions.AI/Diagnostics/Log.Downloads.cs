using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Diagnostics;

/// <content>How models come to this machine. Neither tokens nor signed addresses are ever logged.</content>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "Downloading {Model} at {Commit}: {Files} files, {Bytes} bytes, from {Host}")]
    public static partial void DownloadStarted(ILogger logger, string model, string commit, int files, long bytes, string host);

    [LoggerMessage(21, LogLevel.Information, "Downloaded {Model} to {Folder} in {ElapsedMilliseconds} ms")]
    public static partial void DownloadFinished(ILogger logger, string model, string folder, long elapsedMilliseconds);

    [LoggerMessage(22, LogLevel.Warning, "{Problem} Trying again in {Seconds} s")]
    public static partial void DownloadRetried(ILogger logger, string problem, double seconds);

    [LoggerMessage(23, LogLevel.Information, "Waiting for {Model}: another thread or process is fetching it")]
    public static partial void DownloadAwaited(ILogger logger, string model);

    [LoggerMessage(24, LogLevel.Information, "Took {Model} from the Hugging Face cache {Cache}")]
    public static partial void ModelAdopted(ILogger logger, string model, string cache);

    [LoggerMessage(25, LogLevel.Warning, "Damaged or missing in {Folder}: {Files}")]
    public static partial void DamageFound(ILogger logger, string folder, string files);
}
