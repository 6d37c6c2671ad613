using System.Diagnostics;
using CsCheck;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests when a request runs, and together with which others.</summary>
public sealed class EmbeddingSchedulerTests : IDisposable
{
    /// <summary>A number of threads, a budget of tokens, and requests with the lengths of their texts.</summary>
    private static readonly Gen<(int Threads, int Budget, int[][] Calls)> Inputs =
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 300], Gen.Int[1, 60].Array[1, 200].Array[1, 20]);

    private readonly Turnstile _turnstile = new();
    private readonly RecordingRunner _runner;
    private readonly EmbeddingScheduler _scheduler;

    public EmbeddingSchedulerTests()
    {
        _runner = new RecordingRunner((_, _) => _turnstile.Pass());
        _scheduler = Schedulers.Create(_runner, maxThreads: 1, maxBatchTokens: 256);
    }

    public void Dispose()
    {
        _turnstile.Open();
        _scheduler.Dispose();
        _turnstile.Dispose();
    }

    [Fact]
    public Task Any_number_of_threads_serves_any_requests() => Inputs.SampleAsync(
        async (threads, budget, calls) =>
        {
            var runner = new RecordingRunner();
            using var scheduler = Schedulers.Create(runner, threads, budget);

            await Task.WhenAll(calls.Select(lengths => Task.Run(async () =>
            {
                using var caller = new Caller(lengths).Ask(scheduler);
                await caller.AssertServedAsync();
            })));

            Assert.Equal(calls.Sum(lengths => lengths.Length), runner.Runs.Sum(run => run.Texts.Length));
            Assert.All(runner.Runs, run => Assert.InRange(run.Others.Running, 0, threads));
        },
        iter: 30,
        threads: 1);

    [Fact]
    public async Task A_lone_query_runs_at_once_and_its_run_has_no_other_work_beside_it()
    {
        using var query = new Caller(7).Ask(_scheduler);
        _turnstile.Open();

        await query.AssertServedAsync();

        Assert.True(Assert.Single(_runner.Runs).Others.IsNone);
    }

    [Fact]
    public async Task A_run_is_not_in_the_activity_of_the_request_that_started_its_thread()
    {
        using var activity = new Activity("request").Start();
        var seen = Activity.Current;
        using var scheduler = Schedulers.Create(
            new RecordingRunner((_, _) => seen = Activity.Current), maxThreads: 1, maxBatchTokens: 256);

        using var query = new Caller(7).Ask(scheduler);
        await query.AssertServedAsync();

        Assert.Null(seen);
        Assert.Same(activity, Activity.Current);
    }

    [Fact]
    public async Task A_run_gets_the_other_work_at_its_start()
    {
        using var first = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var second = new Caller(200, 90).Ask(_scheduler);
        _turnstile.Open();

        await second.AssertServedAsync();

        Assert.Equal([(0, 0), (0, 1), (0, 0)], _runner.Runs.Select(run => (run.Others.Running, run.Others.Waiting)));
    }

    [Fact]
    public async Task Requests_that_wait_for_the_same_thread_share_runs()
    {
        using var running = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        var callers = Enumerable.Range(0, 100).Select(i => new Caller(5 + (i % 8)).Ask(_scheduler)).ToArray();
        _turnstile.Open();

        await Task.WhenAll(callers.Select(caller => caller.AssertServedAsync()));

        Assert.InRange(_runner.Runs.Count - 1, 1, callers.Length / 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_query_is_in_the_next_run_after_the_current_run_of_an_ingest(int runs)
    {
        using var ingest = new Caller([.. Enumerable.Repeat(10, 5000)]).Ask(_scheduler);
        for (var i = 1; i < runs; i++)
        {
            await _turnstile.ArrivalAsync();
            _turnstile.Let();
        }

        await _turnstile.ArrivalAsync();
        using var query = new Caller(60).Ask(_scheduler);
        _turnstile.Let();
        await _turnstile.ArrivalAsync();

        Assert.True(query.IsIn(_runner.Runs.ElementAt(runs).Texts));
        _turnstile.Open();
        await query.AssertServedAsync();
        await ingest.AssertServedAsync();
    }

    [Fact]
    public async Task A_query_runs_beside_long_micro_batches()
    {
        using var ingest = new Caller(300, 300).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var query = new Caller(16).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var next = new Caller(16).Ask(_scheduler);
        _turnstile.Open();

        await query.AssertServedAsync();
        await next.AssertServedAsync();
        await ingest.AssertServedAsync();
        Assert.True(query.IsIn(_runner.Runs.ElementAt(1).Texts));
        Assert.Equal(new OtherWork(1, 1), _runner.Runs.ElementAt(1).Others);
    }

    [Fact]
    public async Task Queries_beside_long_micro_batches_run_one_after_the_other()
    {
        using var ingest = new Caller(300).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var first = new Caller(16).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var second = new Caller(16).Ask(_scheduler);
        using var third = new Caller(17).Ask(_scheduler);
        _turnstile.Open();

        await Task.WhenAll(first.AssertServedAsync(), second.AssertServedAsync(), third.AssertServedAsync());

        Assert.All(_runner.Runs, run => Assert.InRange(run.Others.Running, 0, 1));
    }

    [Theory]
    [InlineData(127, 16)]
    [InlineData(300, 65)]
    public async Task A_request_waits_for_a_micro_batch_that_is_short_or_if_it_is_long_itself(int running, int waiting)
    {
        using var ingest = new Caller(running).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var request = new Caller(waiting).Ask(_scheduler);
        _turnstile.Open();

        await ingest.AssertServedAsync();
        await request.AssertServedAsync();

        Assert.Equal(0, _runner.Runs.ElementAt(1).Others.Running);
    }

    [Fact]
    public async Task Endless_new_requests_leave_every_ninth_run_to_an_ingest()
    {
        // The lengths differ too much to share a run, and the requests are too long to run beside others.
        using var ingest = new Caller([.. Enumerable.Repeat(100, 500)]).Ask(_scheduler);
        var queries = new List<Caller>();
        for (var i = 0; i < 100; i++)
        {
            await _turnstile.ArrivalAsync();
            queries.Add(new Caller(65).Ask(_scheduler));
            _turnstile.Let();
        }

        _turnstile.Open();
        await Task.WhenAll(queries.Append(ingest).Select(caller => caller.AssertServedAsync()));
        var ingested = _runner.Runs.Take(100)
            .Select((run, i) => (i, run.Texts)).Where(run => run.Texts[0].Ids.Count == 100).Select(run => run.i).ToArray();
        Assert.All(ingested.Zip(ingested.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 9));
        Assert.InRange(ingested.Length, 10, 20);
        Assert.InRange(ingested[^1], 90, 99);
    }

    [Fact]
    public async Task Ingests_take_turns()
    {
        using var first = new Caller([.. Enumerable.Repeat(100, 50)]).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        using var second = new Caller([.. Enumerable.Repeat(50, 50)]).Ask(_scheduler);
        _turnstile.Open();
        await first.AssertServedAsync();
        await second.AssertServedAsync();

        Assert.Equal([100, 50, 100, 50, 100, 50], _runner.Runs.Take(6).Select(run => run.Texts[0].Ids.Count));
    }

    [Fact]
    public async Task Disposal_waits_for_the_current_run_and_rejects_further_windows()
    {
        using var running = new Caller(7).Ask(_scheduler);
        await _turnstile.ArrivalAsync();
        var disposal = Task.Run(_scheduler.Dispose, TestContext.Current.CancellationToken);

        Assert.False(disposal.IsCompleted);
        _turnstile.Open();
        await disposal;
        await running.AssertServedAsync();
        Assert.Throws<ObjectDisposedException>(() => new Caller(7).Ask(_scheduler));
    }
}
