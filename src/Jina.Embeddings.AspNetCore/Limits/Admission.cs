using System.Threading.RateLimiting;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Limits the requests and inputs that are processed at once. Requests over a limit are rejected immediately.</summary>
internal sealed class Admission(JinaEmbeddingEndpointOptions options, TimeProvider time)
{
    private const int MaxRetrySeconds = 60;

    /// <summary>The retry time before any speed is known.</summary>
    private const int DefaultRetrySeconds = 5;

    private readonly ConcurrencyLimiter _requests = CreateLimiter(options.MaxConcurrentRequests);
    private readonly ConcurrencyLimiter _inputs = CreateLimiter(options.MaxQueuedInputs);
    private readonly RecentSpeed _speed = new(time);

    /// <summary>Tries to admit a request.</summary>
    /// <returns>The lease to dispose after the response. If there are too many requests, it is not acquired.</returns>
    public RateLimitLease EnterRequest() => _requests.AttemptAcquire();

    /// <summary>Admits the inputs of a request.</summary>
    /// <exception cref="RejectedException">The queue does not have enough room.</exception>
    public AdmittedInputs EnterInputs(int count)
    {
        var lease = _inputs.AttemptAcquire(count);
        if (lease.IsAcquired)
        {
            return new AdmittedInputs(lease, _speed, count);
        }

        lease.Dispose();
        throw new RejectedException(new Rejection(
            RejectionKind.Unavailable,
            $"The server's queue is full: it has {CountInputs()} inputs, this request adds {count}, "
            + $"and at most {options.MaxQueuedInputs} are allowed. Try again later, or send fewer inputs.",
            RetryAfterSeconds: EstimateSeconds()));
    }

    /// <summary>Returns the rejection of a request when there are too many.</summary>
    public Rejection TooManyRequests() => new(
        RejectionKind.TooManyRequests,
        $"Concurrency limit exceeded: this server processes at most {options.MaxConcurrentRequests} requests at once. Try again later.",
        RetryAfterSeconds: EstimateSeconds());

    /// <summary>Estimates when the queued inputs are done, in seconds from 1 to 60.</summary>
    private int EstimateSeconds() => _speed.InputsPerSecond is { } speed
        ? (int)Math.Clamp(Math.Ceiling(CountInputs() / speed), 1, MaxRetrySeconds)
        : DefaultRetrySeconds;

    private long CountInputs() => options.MaxQueuedInputs - _inputs.GetStatistics()!.CurrentAvailablePermits;

    private static ConcurrencyLimiter CreateLimiter(int permits) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}

/// <summary>Represents the inputs of a request from their admission until their vectors are ready.</summary>
internal sealed class AdmittedInputs : IDisposable
{
    private readonly RateLimitLease _lease;
    private readonly RecentSpeed _speed;
    private readonly int _count;
    private bool _done;

    /// <summary>Starts measuring the time that the inputs take.</summary>
    public AdmittedInputs(RateLimitLease lease, RecentSpeed speed, int count)
    {
        _lease = lease;
        _speed = speed;
        _count = count;
        _speed.Begin();
    }

    /// <summary>Marks the inputs as embedded, so that they count for the speed.</summary>
    public void Complete() => _done = true;

    /// <summary>Makes room for other inputs.</summary>
    public void Dispose()
    {
        _speed.End(_done ? _count : 0);
        _lease.Dispose();
    }
}
