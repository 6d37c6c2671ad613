namespace Jina.Extensions.AI.Inference;

/// <summary>Does a piece of asynchronous work once for all who ask, and again after a failure.</summary>
/// <remarks>
/// A caller that gives up stops waiting, not the work: others may be waiting for it, and the next call will.
/// </remarks>
internal sealed class SharedLoad<T>(Func<CancellationToken, Task<T>> load) : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposal = new();
    private Task<T>? _load;

    /// <summary>Gets the result where it is there, else null.</summary>
    public T? Result => _load is { IsCompletedSuccessfully: true } done ? done.Result : null;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_load is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _load = Task.Run(() => load(_disposal.Token), CancellationToken.None);
            }

            return _load.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops a load under way; a result that is there stays.</summary>
    public void Dispose() => _disposal.Cancel();
}
