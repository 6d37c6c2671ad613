namespace Jina.Extensions.AI.Loading;

/// <summary>Does a piece of asynchronous work once for all who ask, and again after a failure.</summary>
/// <remarks>
/// A caller that gives up stops waiting, not the work: others may be waiting for it, and the next call will.
/// </remarks>
internal sealed class SharedLoad<T>(Func<CancellationToken, Task<T>> load) : IAsyncDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposal = new();
    private Task<T>? _load;

    /// <summary>Gets the result where it is there, else null.</summary>
    public T? Result => _load is { IsCompletedSuccessfully: true } done ? done.Result : null;

    /// <summary>Gets how far the last load is.</summary>
    public JinaModelState State => _load switch
    {
        null or { IsCanceled: true } => JinaModelState.NotLoaded,
        { IsCompletedSuccessfully: true } => JinaModelState.Ready,
        { IsFaulted: true } => JinaModelState.Failed,
        _ => JinaModelState.Loading,
    };

    /// <summary>Gets why the last load failed, or null.</summary>
    public Exception? Failure => _load?.Exception?.InnerException;

    /// <exception cref="OperationCanceledException">The token was cancelled, or the load was stopped before it had a result.</exception>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_load is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _load = Task.Run(() => load(_disposal.Token), _disposal.Token);

                // Those who wait get the exception; where all gave up, nobody is to be told.
                _ = _load.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            return _load.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes a result that was made elsewhere, unless there is one or one on its way; returns the one to use.</summary>
    public T Offer(T result)
    {
        lock (_lock)
        {
            if (_load is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _load = Task.FromResult(result);
            }

            return Result ?? result;
        }
    }

    /// <summary>Stops a load under way and starts none any more; a result that is there stays.</summary>
    public void Stop() => _disposal.Cancel();

    /// <summary>Stops, waits for the end, and disposes of the result: also of one that nobody waited for.</summary>
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
}
