using System.Globalization;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Rejects a download that grows, but too slowly: a byte per second, or a byte per attempt.</summary>
/// <param name="path">The path of the file, for the message.</param>
/// <param name="limits">The limits.</param>
/// <param name="length">The number of bytes that are already here.</param>
internal sealed class TransferPace(string path, TransferLimits limits, long length)
{
    private long _start = limits.Clock.GetTimestamp();
    private long _length = length;

    /// <summary>Starts a new period, because the file is downloaded from its beginning again.</summary>
    public void Restart() => (_start, _length) = (limits.Clock.GetTimestamp(), 0);

    /// <summary>Compares the length of the file with its length at the start of the period.</summary>
    /// <exception cref="HubException">The file did not grow enough in time.</exception>
    public void ThrowIfSlow(long length)
    {
        var grown = length - _length;
        if (grown >= limits.ProgressBytes)
        {
            (_start, _length) = (limits.Clock.GetTimestamp(), length);
        }
        else if (limits.Clock.GetElapsedTime(_start) > limits.ProgressPeriod)
        {
            throw new HubException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} arrives too slowly: {Math.Max(0, grown)} bytes in {limits.ProgressPeriod.TotalSeconds:0} seconds; at least "
                + $"{limits.ProgressBytes} are expected. The received bytes are kept, and the next attempt resumes from them."));
        }
    }
}
