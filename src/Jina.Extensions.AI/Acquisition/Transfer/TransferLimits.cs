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

    /// <summary>Gets the number of retries of a file without a single byte received.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Gets the delay before the first retry. It doubles with each retry, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the longest delay, and the longest Retry-After that is accepted.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    public int ParallelFiles { get; init; } = 4;
}
