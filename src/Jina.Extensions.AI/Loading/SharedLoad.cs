namespace Jina.Extensions.AI.Loading;

/// <summary>Runs an asynchronous load once for all callers, and again after a failure.</summary>
/// <remarks>
/// A caller that cancels stops waiting but does not stop the load, because other callers can be waiting for it.
/// </remarks>
internal sealed class SharedLoad<T>(Func<CancellationToken, Task<T>> load) : IAsyncDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposal = new();
    private Task<T>? _load;

    /// <summary>Gets the result if the load has succeeded; otherwise, <see langword="null"/>.</summary>
    public T? Result => _load is { IsCompletedSuccessfully: true } done ? done.Result : null;

    /// <summary>Gets the state of the last load.</summary>
    public JinaModelState State => _load switch
    {
        null or { IsCanceled: true } => JinaModelState.NotLoaded,
        { IsCompletedSuccessfully: true } => JinaModelState.Ready,
        { IsFaulted: true } => JinaModelState.Failed,
        _ => JinaModelState.Loading,
    };

    /// <summary>Gets the error of the last load, or <see langword="null"/>.</summary>
    public Exception? Failure => _load?.Exception?.InnerException;

    /// <exception cref="OperationCanceledException">The token was canceled, or the load was stopped before it had a result.</exception>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsNeeded)
            {
                _load = Task.Run(() => load(_disposal.Token), _disposal.Token);

                // Callers that wait get the exception. If all of them canceled, the exception still counts as observed.
                _ = _load.ContinueWith(
                    static failed => failed.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
            }

            return _load!.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Uses a result that was made elsewhere, unless a result exists or is being loaded. Returns the result to use.</summary>
    public T Offer(T result)
    {
        lock (_lock)
        {
            if (IsNeeded)
            {
                _load = Task.FromResult(result);
            }

            return Result ?? result;
        }
    }

    /// <summary>Discards a result, so that the next request loads again. A newer result is kept.</summary>
    public void Forget(T? result)
    {
        lock (_lock)
        {
            if (result is not null && ReferenceEquals(Result, result))
            {
                _load = null;
            }
        }
    }

    /// <summary>Stops a running load and prevents new ones. An existing result is kept.</summary>
    public void Stop() => _disposal.Cancel();

    /// <summary>Stops, waits for the end of a running load, and disposes the result, even if no caller waited for it.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        Task last;
        lock (_lock)
        {
            last = _load ?? Task.CompletedTask;
        }

        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        (Result as IDisposable)?.Dispose();
    }

    private bool IsNeeded => _load is null or { IsFaulted: true } or { IsCanceled: true };
}
