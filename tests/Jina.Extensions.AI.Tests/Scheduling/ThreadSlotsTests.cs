using CsCheck;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests several models that share threads.</summary>
public sealed class ThreadSlotsTests
{
    /// <summary>The threads of each model, and the lengths of a caller's texts.</summary>
    private static readonly Gen<(int[] Threads, int[] Lengths)> Inputs =
        Gen.Select(Gen.Int[1, 4].Array[2, 4], Gen.Int[1, 60].Array[1, 100]);

    [Fact]
    public Task Models_together_use_as_many_threads_as_the_model_with_the_most() => Inputs.SampleAsync(
        async (threads, lengths) =>
        {
            var (running, most) = (0, 0);
            var runner = new RecordingRunner((_, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                Thread.Yield();
                Interlocked.Decrement(ref running);
            });
            var slots = new ThreadSlots();
            var schedulers = threads.Select(count => Schedulers.Create(runner, count, 64, slots)).ToArray();

            await Task.WhenAll(schedulers.SelectMany(scheduler => Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                using var caller = new Caller(lengths).Ask(scheduler);
                await caller.AssertServedAsync();
            }))));

            Array.ForEach(schedulers, scheduler => scheduler.Dispose());
            Assert.InRange(most, 1, threads.Max());
            Assert.Equal((0, threads.Max()), slots.Count());
        },
        iter: 30,
        threads: 1);

    [Fact]
    public async Task A_busy_model_gives_another_model_its_turn()
    {
        using var turnstile = new Turnstile();
        var slots = new ThreadSlots();
        var runner = new RecordingRunner((_, _) => turnstile.Pass());
        using var busy = Schedulers.Create(runner, maxThreads: 1, maxBatchTokens: 64, slots);
        using var other = Schedulers.Create(runner, maxThreads: 1, maxBatchTokens: 64, slots);
        using var ingest = new Caller([.. Enumerable.Repeat(60, 100)]).Ask(busy);
        await turnstile.ArrivalAsync();

        using var query = new Caller(5).Ask(other);
        while (!query.Vectors.IsCompleted)
        {
            turnstile.Let();
            await Task.WhenAny(turnstile.ArrivalAsync(), query.Vectors);
        }

        await query.AssertServedAsync();
        Assert.InRange(runner.Runs.Count, 2, 50);
        turnstile.Open();
        await ingest.AssertServedAsync();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
