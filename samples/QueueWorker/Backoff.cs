using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Npgsql;
using Polly;
using Polly.Retry;

namespace QueueWorker;

/// <summary>Creates the policy for temporary failures of the queue and of the database: retry until they respond again.</summary>
internal static partial class Backoff
{
    /// <summary>Returns a pipeline that repeats an action after at most 10 seconds and logs each failure in one line.</summary>
    public static ResiliencePipeline Create(ILogger logger) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(error => error.IsTransient).Handle<NatsException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(10),
            OnRetry = retry =>
            {
                var error = retry.Outcome.Exception!;
                LogRetry(
                    logger,
                    error is NpgsqlException ? "Postgres" : "NATS",
                    (error as PostgresException)?.MessageText ?? error.Message,
                    retry.RetryDelay.TotalSeconds);
                return default;
            },
        })
        .Build();

    [LoggerMessage(5, LogLevel.Warning, "{Server}: {Message} (next attempt in {Seconds:0.0} s)")]
    private static partial void LogRetry(ILogger logger, string server, string message, double seconds);
}
