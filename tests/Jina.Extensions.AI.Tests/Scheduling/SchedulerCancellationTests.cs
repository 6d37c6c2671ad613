using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests callers that cancel while others wait.</summary>
public sealed class SchedulerCancellationTests : IDisposable
{
    private readonly Turnstile _turnstile = new();
    private readonly RecordingRunner _runner;
    private readonly EmbeddingScheduler _scheduler;
    private CancellationToken _running;

    public SchedulerCancellationTests()
    {
        _runner = new RecordingRunner((_, token) =>
        {
            _running = token;
            _turnstile.Pass();
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
    public async Task A_waiting_request_is_canceled_at_once_and_never_runs()
    {
        using var other = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var impatient = new Caller(7, 7).Ask(_scheduler);
        using var patient = new Caller(7).Ask(_scheduler);

        impatient.Cancel();

        await impatient.AssertCanceledAsync();
        _turnstile.Open();
        await other.AssertServedAsync();
        await patient.AssertServedAsync();
        Assert.DoesNotContain(_runner.Runs, run => impatient.IsIn(run.Texts));
    }

    [Fact]
    public async Task A_run_continues_while_one_of_its_requests_waits()
    {
        var (impatient, patient) = await RunTogetherAsync();

        impatient.Cancel();

        Assert.False(_running.IsCancellationRequested);
        _turnstile.Open();
        await patient.AssertServedAsync();
    }

    [Fact]
    public async Task A_run_stops_when_all_of_its_requests_are_canceled()
    {
        var (first, second) = await RunTogetherAsync();

        first.Cancel();
        second.Cancel();

        Assert.True(_running.IsCancellationRequested);
        await AssertWellAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Vectors);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Vectors);
    }

    [Fact]
    public async Task A_run_of_one_request_stops_with_it()
    {
        using var caller = new Caller([.. Enumerable.Repeat(10, 1000)]).Ask(_scheduler);
        await _turnstile.ArrivalAsync();

        caller.Cancel();

        Assert.True(_running.IsCancellationRequested);
        await caller.AssertCanceledAsync();
        await AssertWellAsync();
        Assert.Equal(2, _runner.Runs.Count);
    }

    [Fact]
    public async Task A_request_that_was_canceled_before_its_texts_were_queued_does_not_stop_others_in_the_same_run()
    {
        using var other = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var gone = new Caller(7);
        gone.Cancel();
        _scheduler.Add(gone.Window);
        using var patient = new Caller(7).Ask(_scheduler);
        _turnstile.Open();

        await patient.AssertServedAsync();
    }

    /// <summary>Returns two callers whose texts are in the current run.</summary>
    private async Task<(Caller First, Caller Second)> RunTogetherAsync()
    {
        using var other = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        var (first, second) = (new Caller(7).Ask(_scheduler), new Caller(8).Ask(_scheduler));
        _turnstile.Let();
        await _turnstile.ArrivalAsync();
        Assert.True(first.IsIn(_runner.Runs.Last().Texts) && second.IsIn(_runner.Runs.Last().Texts));
        return (first, second);
    }

    private async Task AssertWellAsync()
    {
        _turnstile.Open();
        using var caller = new Caller(7).Ask(_scheduler);
        await caller.AssertServedAsync();
    }
}
