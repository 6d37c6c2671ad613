namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>How patient a download is.</summary>
internal sealed record TransferLimits
{
    /// <summary>Gets how long the hub may take to its first good answer, retries included.</summary>
    public TimeSpan Reach { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long any later answer may take to begin.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a stream may stay silent.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how often a file is tried again without a single byte gained.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Gets the pause before the first retry; it doubles from there, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the longest pause, and the longest Retry-After that is waited for.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    public int ParallelFiles { get; init; } = 4;
}
