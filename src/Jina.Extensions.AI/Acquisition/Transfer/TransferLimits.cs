namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Represents the time limits and retries of a download.</summary>
internal sealed record TransferLimits
{
    /// <summary>Gets the longest time until the hub's first usable response, retries included.</summary>
    public TimeSpan Reach { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the longest time until any later response begins.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the longest time without a byte in a stream.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the period in which a file must grow by <see cref="ProgressBytes"/>, over all attempts.</summary>
    public TimeSpan ProgressPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets the number of bytes that a file must grow by in <see cref="ProgressPeriod"/>.</summary>
    /// <remarks>1 MiB in 10 minutes is 14 kbit/s. A modem has about 34 kbit/s and GPRS 30 to 50.</remarks>
    public long ProgressBytes { get; init; } = 1 << 20;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets the number of retries of a file without a single byte received.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Gets the delay before the first retry. It doubles with each retry, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the longest delay, and the longest Retry-After that is accepted.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    public int ParallelFiles { get; init; } = 4;
}
