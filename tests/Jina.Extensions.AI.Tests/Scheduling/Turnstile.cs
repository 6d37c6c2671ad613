namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Blocks threads until the test lets them pass.</summary>
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

    /// <summary>Waits for the next thread. Fails after a minute, so that a mistake does not block the tests.</summary>
    public async Task ArrivalAsync() =>
        Assert.True(await _arrivals.WaitAsync(TimeSpan.FromMinutes(1), _testEnds), "No thread arrived.");

    public void Let(int count = 1) => _permits.Release(count);

    /// <summary>Lets all threads pass from now on.</summary>
    public void Open() => Let(1_000_000);

    public void Dispose()
    {
        _arrivals.Dispose();
        _permits.Dispose();
    }
}
