namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>How many inputs a second were embedded lately, while there was any work. Safe for concurrent use.</summary>
internal sealed class RecentSpeed(TimeProvider time)
{
    /// <summary>After so much work the past counts half, so that the speed follows what texts come now.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeSpan _busy;
    private double _inputs;
    private long _since;
    private int _active;

    /// <summary>Gets the speed; null before the first inputs are done.</summary>
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

    /// <summary>Notes that work begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            Advance();
            _active++;
        }
    }

    /// <summary>Notes that work has ended.</summary>
    /// <param name="inputs">What it embedded; 0 where it failed.</param>
    public void End(int inputs)
    {
        lock (_lock)
        {
            Advance();
            _active--;
            _inputs += inputs;
            if (_busy > Memory)
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
