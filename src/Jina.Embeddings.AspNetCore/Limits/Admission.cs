using System.Threading.RateLimiting;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Lets in as much as the server can hold. What does not fit is refused at once: nothing waits for its turn here.</summary>
internal sealed class Admission(JinaEmbeddingEndpointOptions options, TimeProvider time)
{
    private const int LongestWait = 60;

    /// <summary>The wait that is proposed before any speed is known.</summary>
    private const int UnknownWait = 5;

    private readonly ConcurrencyLimiter _requests = Limiter(options.MaxConcurrentRequests);
    private readonly ConcurrencyLimiter _inputs = Limiter(options.MaxQueuedInputs);
    private readonly RecentSpeed _speed = new(time);

    /// <summary>Lets a request in.</summary>
    /// <returns>What to dispose when it is answered; not acquired where there are too many.</returns>
    public RateLimitLease EnterRequest() => _requests.AttemptAcquire();

    /// <summary>Lets a request's inputs in.</summary>
    /// <exception cref="RefusedException">They do not fit beside those that wait.</exception>
    public AdmittedInputs EnterInputs(int count)
    {
        var lease = _inputs.AttemptAcquire(count);
        if (lease.IsAcquired)
        {
            return new AdmittedInputs(lease, _speed, count);
        }

        lease.Dispose();
        throw new RefusedException(new Refusal(
            RefusalKind.Unavailable,
            $"The server is full: {Waiting()} inputs wait, and with this request's {count} there would be more than {options.MaxQueuedInputs}. Try again later, or send fewer inputs.",
            RetryAfterSeconds: EstimateSeconds()));
    }

    /// <summary>Says that there are too many requests.</summary>
    public Refusal TooManyRequests() => new(
        RefusalKind.TooManyRequests,
        $"Concurrency limit exceeded: {options.MaxConcurrentRequests} requests are under way, the most that this server takes. Try again later.",
        RetryAfterSeconds: EstimateSeconds());

    /// <summary>The seconds in which what waits now is done at the recent speed, 1 to 60.</summary>
    private int EstimateSeconds() => _speed.InputsPerSecond is { } speed
        ? (int)Math.Clamp(Math.Ceiling(Waiting() / speed), 1, LongestWait)
        : UnknownWait;

    private long Waiting() => options.MaxQueuedInputs - _inputs.GetStatistics()!.CurrentAvailablePermits;

    private static ConcurrencyLimiter Limiter(int permits) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}
