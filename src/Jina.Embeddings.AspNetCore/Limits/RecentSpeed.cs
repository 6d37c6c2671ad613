namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Measures how many inputs per second were embedded recently. Idle time does not count. Safe for concurrent use.</summary>
internal sealed class RecentSpeed(TimeProvider time)
{
    /// <summary>The busy time after which earlier measurements count half, so that the speed follows the current texts.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeSpan _busy;
    private double _inputs;
    private long _since;
    private int _active;

    /// <summary>Gets the speed, or <see langword="null"/> before the first inputs are done.</summary>
    public double? InputsPerSecond
    {
        get
        {
            lock (_lock)
            {
                Advance();
                return _inputs > 0 && _busy > TimeSpan.Zero ? _inputs / _busy.TotalSeconds : null;
            }
        }
    }

    /// <summary>Records that a request starts.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            Advance();
            _active++;
        }
    }

    /// <summary>Records that a request has ended.</summary>
    /// <param name="inputs">The number of embedded inputs, or 0 if the request failed.</param>
    public void End(int inputs)
    {
        lock (_lock)
        {
            Advance();
            _active--;
            _inputs += inputs;
            if (_busy > Window)
            {
                _busy /= 2;
                _inputs /= 2;
            }
        }
    }

    private void Advance()
    {
        var now = time.GetTimestamp();
        if (_active > 0)
        {
            _busy += time.GetElapsedTime(_since, now);
        }

        _since = now;
    }
}
