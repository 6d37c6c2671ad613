using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests runs that fail.</summary>
public sealed class SchedulerFailureTests : IDisposable
{
    /// <summary>A run with a text of this length fails.</summary>
    private const int Bad = 13;

    private readonly InvalidOperationException _failure = new("broken");
    private readonly Turnstile _turnstile = new();
    private readonly RecordingRunner _runner;
    private readonly EmbeddingScheduler _scheduler;

    public SchedulerFailureTests()
    {
        _runner = new RecordingRunner((texts, _) =>
        {
            _turnstile.Pass();
            if (texts.Any(text => text.Ids.Count == Bad))
            {
                throw _failure;
            }
        });
        _scheduler = Schedulers.Create(_runner, maxThreads: 1, maxBatchTokens: 256);
    }

    public void Dispose()
    {
        _turnstile.Open();
        _scheduler.Dispose();
        _turnstile.Dispose();
    }

    [Fact]
    public async Task A_failed_run_fails_its_own_requests_and_no_others()
    {
        using var running = new Caller(100).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var bad = new Caller(Bad).Ask(_scheduler);
        using var mate = new Caller(Bad - 1).Ask(_scheduler);
        using var other = new Caller([.. Enumerable.Repeat(100, 20)]).Ask(_scheduler);
        _turnstile.Open();

        Assert.Same(_failure, await Assert.ThrowsAsync<InvalidOperationException>(() => bad.Vectors));
        Assert.Same(_failure, await Assert.ThrowsAsync<InvalidOperationException>(() => mate.Vectors));
        await running.AssertServedAsync();
        await other.AssertServedAsync();
        using var later = new Caller(7).Ask(_scheduler);
        await later.AssertServedAsync();
    }

    [Fact]
    public async Task The_waiting_texts_of_a_failed_window_do_not_run()
    {
        using var bad = new Caller([Bad, .. Enumerable.Repeat(5, 5000)]).Ask(_scheduler);
        _turnstile.Open();

        Assert.Same(_failure, await Assert.ThrowsAsync<InvalidOperationException>(() => bad.Vectors));

        using var later = new Caller(7).Ask(_scheduler);
        await later.AssertServedAsync();
        Assert.InRange(_runner.Runs.Count, 2, 3);
    }
}
