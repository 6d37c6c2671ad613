namespace Jina.Extensions.AI.Inference;

/// <summary>Lets calls in until it is closed, and closing waits until those inside have left.</summary>
internal sealed class CallGate(object owner)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Gets whether the gate is closed.</summary>
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

    /// <summary>Gets how many calls are inside.</summary>
    public int Inside => Volatile.Read(ref _inside);

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

    /// <summary>Closes the gate; completes when nobody is inside. Further calls wait for the same moment.</summary>
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

    /// <summary>One call's stay inside; leaves when disposed.</summary>
    internal readonly struct Visit(CallGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
