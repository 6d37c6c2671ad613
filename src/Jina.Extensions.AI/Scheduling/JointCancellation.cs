namespace Jina.Extensions.AI.Scheduling;

/// <summary>A token that is cancelled once all of several callers have cancelled theirs: while one waits, the work goes on.</summary>
internal sealed class JointCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _waiting;

    public JointCancellation(IReadOnlyCollection<EmbeddingCall> calls)
    {
        _waiting = calls.Count;
        foreach (var call in calls)
        {
            _registrations.Add(call.CancellationToken.Register(OneLess));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        _source.Dispose();
    }

    private void OneLess()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _source.Cancel();
        }
    }
}
