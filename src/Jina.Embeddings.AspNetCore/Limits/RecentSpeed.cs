namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>
/// Measures how many tokens per second were embedded recently, and the tokens that are queued. Idle time does not count. Safe for
/// concurrent use.
/// </summary>
/// <remarks>Inputs would not do as the unit, because a long text takes a hundred times as long as a short one.</remarks>
internal sealed class RecentSpeed(TimeProvider time)
{
    /// <summary>The busy time after which earlier measurements count half, so that the speed follows the current texts.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeSpan _busy;
    private double _done;
    private long _queued;
    private long _since;
    private int _active;

    /// <summary>Gets the time that the queued tokens take, or <see langword="null"/> before the first ones are done.</summary>
    public double? SecondsOfQueue
    {
        get
        {
            lock (_lock)
            {
                Advance();
                return _done > 0 && _busy > TimeSpan.Zero ? _queued * _busy.TotalSeconds / _done : null;
            }
        }
    }

    /// <summary>Gets the recent time during which requests were running.</summary>
    public double BusySeconds
    {
        get
        {
            lock (_lock)
            {
                Advance();
                return _busy.TotalSeconds;
            }
        }
    }

    /// <summary>Records that a request starts.</summary>
    public void Begin(long tokens)
    {
        lock (_lock)
        {
            Advance();
            _active++;
            _queued += tokens;
        }
    }

    /// <summary>Records that a request has ended.</summary>
    /// <param name="tokens">The number of tokens that it started with.</param>
    /// <param name="done">Whether they were embedded. If not, only the time counts.</param>
    public void End(long tokens, bool done)
    {
        lock (_lock)
        {
            Advance();
            _active--;
            _queued -= tokens;
            _done += done ? tokens : 0;
            if (_busy > Window)
            {
                _busy /= 2;
                _done /= 2;
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
