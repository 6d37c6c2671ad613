using System.Threading.RateLimiting;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>A request's inputs, from their admission to their vectors.</summary>
internal sealed class AdmittedInputs : IDisposable
{
    private readonly RateLimitLease _lease;
    private readonly RecentSpeed _speed;
    private readonly int _count;
    private bool _done;

    public AdmittedInputs(RateLimitLease lease, RecentSpeed speed, int count)
    {
        _lease = lease;
        _speed = speed;
        _count = count;
        _speed.Begin();
    }

    /// <summary>Notes that the vectors are there, so that their time counts.</summary>
    public void Done() => _done = true;

    public void Dispose()
    {
        _speed.End(_done ? _count : 0);
        _lease.Dispose();
    }
}
