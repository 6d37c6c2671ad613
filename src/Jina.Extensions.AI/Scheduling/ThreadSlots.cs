namespace Jina.Extensions.AI.Scheduling;

/// <summary>Limits the threads that compute at once, over all models that share them. Safe for concurrent use.</summary>
/// <remarks>Slots are given in the order of the calls to <see cref="Take"/>, so a busy model cannot keep them from another one.</remarks>
internal sealed class ThreadSlots
{
    private readonly object _lock = new();
    private int _size;
    private int _taken;
    private long _tickets;
    private long _served;

    /// <summary>Adds a model. There are as many slots as the model with the most threads may use.</summary>
    public void Admit(int threads)
    {
        lock (_lock)
        {
            _size = Math.Max(_size, threads);
        }
    }

    /// <summary>Gets the number of taken and of free slots at this moment.</summary>
    public (int Taken, int Free) Count()
    {
        lock (_lock)
        {
            return (_taken, _size - _taken);
        }
    }

    /// <summary>Waits for a slot and takes it.</summary>
    public void Take()
    {
        lock (_lock)
        {
            var ticket = _tickets++;
            while (ticket != _served || _taken == _size)
            {
                Monitor.Wait(_lock);
            }

            _served++;
            _taken++;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Returns a slot.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _taken--;
            Monitor.PulseAll(_lock);
        }
    }
}
