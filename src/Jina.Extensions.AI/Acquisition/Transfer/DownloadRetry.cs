using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Defines which requests are tried again, and after which delay.</summary>
/// <remarks>
/// Polly.Core is used directly, and not as a resilience handler inside HttpClient. Most connections break while a body is read, when a
/// handler's work is over, and each new attempt requests another range.
/// </remarks>
internal static class DownloadRetry
{
    public static ResiliencePipeline Create(HubClient hub, TransferLimits limits, ILogger logger) =>
        new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is HubException { IsTransient: true } failure
                    && (hub.HasAnswered || !failure.IsUnreachable)
                    && !(failure.RetryAfter > limits.LongestDelay)),
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.RetryDelay,
                MaxDelay = limits.LongestDelay,
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as HubException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    Log.DownloadRetried(logger, arguments.Outcome.Exception!.Message, arguments.RetryDelay.TotalSeconds);
                    return default;
                },
            })
            .Build();
}
