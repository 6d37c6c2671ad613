using System.Diagnostics;

namespace Jina.Extensions.AI.Loading;

/// <summary>Passes the progress of a download on, and times it: where nothing is downloaded, nothing is reported.</summary>
internal sealed class WatchedDownload(IProgress<ModelDownloadProgress>? next) : IProgress<ModelDownloadProgress>
{
    private readonly long _asked = Stopwatch.GetTimestamp();
    private long _lastReport;

    /// <summary>Gets the time from the request to the last report; null where there was none.</summary>
    public TimeSpan? Elapsed => Interlocked.Read(ref _lastReport) is var last and > 0 ? Stopwatch.GetElapsedTime(_asked, last) : null;

    public void Report(ModelDownloadProgress value)
    {
        Interlocked.Exchange(ref _lastReport, Stopwatch.GetTimestamp());
        next?.Report(value);
    }
}
