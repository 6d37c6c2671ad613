using System.Threading.RateLimiting;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>
/// Limits the requests and inputs that are processed at once, and the bytes that they hold. Requests over a limit are rejected
/// immediately.
/// </summary>
internal sealed class Admission(JinaEmbeddingEndpointOptions options, TimeProvider time)
{
    /// <summary>The longest retry time. After an hour, an estimate has no value.</summary>
    private const int MaxRetrySeconds = 3600;

    /// <summary>The shortest retry time before any speed is known.</summary>
    private const int DefaultRetrySeconds = 5;

    private readonly ConcurrencyLimiter _requests = CreateLimiter(options.MaxConcurrentRequests);
    private readonly ConcurrencyLimiter _inputs = CreateLimiter(options.MaxQueuedInputs);
    private readonly RecentSpeed _speed = new(time);
    private readonly HeldMemory _memory = new(options.MaxMemoryBytes, options.ReturnsMemory);

    /// <summary>Tries to admit a request whose body has arrived.</summary>
    /// <returns>The lease to dispose when the vectors are computed. If there are too many requests, it is not acquired.</returns>
    public RateLimitLease EnterRequest() => _requests.AttemptAcquire();

    /// <summary>Gets a value that indicates whether a request with one input would be admitted now.</summary>
    public bool HasRoom =>
        _requests.GetStatistics()!.CurrentAvailablePermits > 0 && _inputs.GetStatistics()!.CurrentAvailablePermits > 0;

    /// <summary>Admits the inputs of a request that are embedded.</summary>
    /// <exception cref="RejectedException">The queue does not have enough room.</exception>
    public AdmittedInputs EnterInputs(EmbeddingRequest request) => new(EnterQueue(request), _speed, request.EstimatedTokens);

    /// <summary>Admits the inputs of a request that are only tokenized, which says nothing about the speed of embedding.</summary>
    /// <returns>The lease to dispose when the inputs are tokenized.</returns>
    /// <exception cref="RejectedException">The queue does not have enough room.</exception>
    public RateLimitLease EnterQueue(EmbeddingRequest request)
    {
        var lease = _inputs.AttemptAcquire(request.InputCount);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new RejectedException(new Rejection(
            RejectionKind.Unavailable,
            $"The server's queue is full: it has {CountInputs()} inputs, this request adds {request.InputCount}, "
            + $"and at most {options.MaxQueuedInputs} are allowed. Try again later, or send fewer inputs.",
            RetryAfterSeconds: EstimateSeconds()));
    }

    /// <summary>Takes bytes, or returns them if the number is negative.</summary>
    /// <returns>Whether there is enough room.</returns>
    public bool TryHold(long bytes) => _memory.TryChange(bytes);

    /// <summary>Returns the rejection of a request when there are too many.</summary>
    public Rejection TooManyRequests() => new(
        RejectionKind.TooManyRequests,
        $"Concurrency limit exceeded: this server processes at most {options.MaxConcurrentRequests} requests at once. Try again later.",
        RetryAfterSeconds: EstimateSeconds());

    /// <summary>Gets the bytes that all requests hold now.</summary>
    public long HeldBytes => _memory.Bytes;

    /// <summary>Returns the rejection of a request when all requests together hold too many bytes.</summary>
    /// <param name="needed">The bytes of the request. If they alone are too many, waiting does not help.</param>
    public Rejection TooManyBytes(long needed) => needed > options.MaxMemoryBytes ? TooLarge(needed) : new Rejection(
        RejectionKind.TooManyRequests,
        $"Memory limit exceeded: the requests of this server hold {_memory.Bytes} bytes, and at most "
        + $"{options.MaxMemoryBytes} are allowed. Try again later, or send fewer inputs per request.",
        RetryAfterSeconds: Math.Max(EstimateSeconds(), DefaultRetrySeconds));

    private Rejection TooLarge(long needed) => new(
        RejectionKind.BodyTooLarge,
        $"This request needs {needed} bytes of memory, and all requests of this server may hold {options.MaxMemoryBytes} bytes together. "
        + "Send fewer inputs per request.");

    /// <summary>Estimates when the work that is queued now is done, in seconds.</summary>
    private int EstimateSeconds() => (int)Math.Clamp(
        Math.Ceiling(_speed.SecondsOfQueue ?? Math.Max(_speed.BusySeconds, DefaultRetrySeconds)), 1, MaxRetrySeconds);

    private long CountInputs() => options.MaxQueuedInputs - _inputs.GetStatistics()!.CurrentAvailablePermits;

    private static ConcurrencyLimiter CreateLimiter(int permits) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}

/// <summary>Represents the inputs of a request from their admission until their vectors are ready.</summary>
internal sealed class AdmittedInputs : IDisposable
{
    private readonly RateLimitLease _lease;
    private readonly RecentSpeed _speed;
    private readonly long _tokens;
    private bool _done;

    /// <summary>Starts measuring the time that the inputs take.</summary>
    public AdmittedInputs(RateLimitLease lease, RecentSpeed speed, long tokens)
    {
        _lease = lease;
        _speed = speed;
        _tokens = tokens;
        _speed.Begin(tokens);
    }

    /// <summary>Marks the inputs as embedded, so that they count for the speed.</summary>
    public void Complete() => _done = true;

    /// <summary>Makes room for other inputs.</summary>
    public void Dispose()
    {
        _speed.End(_tokens, _done);
        _lease.Dispose();
    }
}
