namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Adds up the bytes that parallel downloads receive, and reports progress at most ten times per second.</summary>
internal sealed class DownloadMeter(IProgress<ModelDownloadProgress>? progress, long totalBytes, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private long _lastReport;
    private long _here;
    private long _received;
    private string _file = "";

    /// <summary>
    /// Counts bytes of a file. Bytes that were already on this machine, or that are discarded, do not count for the speed.
    /// </summary>
    public void Add(string file, long bytes, bool received = true)
    {
        lock (_lock)
        {
            _here += bytes;
            _received += received ? bytes : 0;
            _file = file;
            if (progress is not null && clock.GetElapsedTime(_lastReport) >= Interval)
            {
                Report();
            }
        }
    }

    /// <summary>Reports the end, even if the last report was just before.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            Report();
        }
    }

    private void Report()
    {
        _lastReport = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(_start).TotalSeconds;
        var speed = seconds > 0 ? _received / seconds : 0;

        // If a mirror does not send sizes, the total grows with the received bytes.
        progress?.Report(new ModelDownloadProgress(_file, _here, Math.Max(totalBytes, _here), speed));
    }
}
