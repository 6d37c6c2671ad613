namespace Jina.Extensions.AI;

/// <summary>Admits requests to a generator until it is closed. Closing waits until all admitted requests have left.</summary>
internal sealed class RequestGate(object owner)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Gets a value indicating whether the gate is closed.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Gets the number of requests inside.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Admits a request. The request leaves when the returned value is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public Visit Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _inside++;
            return new Visit(this);
        }
    }

    /// <summary>Closes the gate. The returned task completes when no request is inside.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            if (_inside == 0)
            {
                _empty.TrySetResult();
            }

            return _empty.Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0 && _closed)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Represents one request inside the gate.</summary>
    internal readonly struct Visit(RequestGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
