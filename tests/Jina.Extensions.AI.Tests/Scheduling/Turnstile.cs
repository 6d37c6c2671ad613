namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Holds whoever comes until the test lets it pass.</summary>
internal sealed class Turnstile : IDisposable
{
    private readonly CancellationToken _testEnds = TestContext.Current.CancellationToken;
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly SemaphoreSlim _permits = new(0);

    /// <summary>Waits for a permit.</summary>
    public void Pass()
    {
        _arrivals.Release();
        _permits.Wait(_testEnds);
    }

    /// <summary>Completes when the next one has come; fails after a minute, so that a mistake is no endless test.</summary>
    public async Task ArrivalAsync() =>
        Assert.True(await _arrivals.WaitAsync(TimeSpan.FromMinutes(1), _testEnds), "Nobody came.");

    public void Let(int count = 1) => _permits.Release(count);

    /// <summary>Lets everybody pass from now on.</summary>
    public void Open() => Let(1_000_000);

    public void Dispose()
    {
        _arrivals.Dispose();
        _permits.Dispose();
    }
}
