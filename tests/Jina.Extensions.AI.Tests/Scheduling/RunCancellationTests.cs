using CsCheck;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Calls that are cancelled at any moment.</summary>
public sealed class RunCancellationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_reads_nothing()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 1, 256);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await AssertCancelledAsync(
            Runs.EmbedAsync(scheduler, Enumerable.Range(0, 1).Select<int, string>(_ => throw new InvalidOperationException("Read.")), source.Token), source.Token);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_its_texts_are_read_hears_of_its_own_token()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 1, 256);
        using var source = new CancellationTokenSource();
        var texts = Enumerable.Range(0, int.MaxValue).Select(i =>
        {
            if (i == 5000)
            {
                source.Cancel();
            }

            return "a";
        });

        await AssertCancelledAsync(Runs.EmbedAsync(scheduler, texts, source.Token), source.Token);
    }

    [Fact]
    public async Task Calls_that_are_cancelled_while_they_run_or_wait_hear_of_their_own_tokens()
    {
        using var turnstile = new Turnstile();
        using var scheduler = Schedulers.Create(new RecordingRunner((_, _) => turnstile.Pass()), 1, 256);

        // More than there are places, so that some wait for one.
        var calls = Enumerable.Range(0, 1100).Select(i => (Source: new CancellationTokenSource(), i)).ToList()
            .ConvertAll(call => (call.Source, Vectors: Runs.EmbedAsync(scheduler, [Runs.Text(call.i)], call.Source.Token)));
        await turnstile.ArrivalAsync();

        calls.ForEach(call => call.Source.Cancel());

        await Task.WhenAll(calls.Select(call => AssertCancelledAsync(call.Vectors, call.Source.Token)));
        turnstile.Open();
        await Runs.AssertServedAsync(scheduler, 0, 10);
        calls.ForEach(call => call.Source.Dispose());
    }

    [Fact]
    public Task Whoever_is_cancelled_at_whatever_moment_the_others_get_their_vectors() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.OneOf(Gen.Int[0, 5], Gen.Int[0, 3000]), Gen.Bool, Gen.Int[0, 4000]).Array[1, 12]).SampleAsync(
            async (threads, calls) =>
            {
                // Each call's moment is a number of texts that have begun to run, over all calls.
                var sources = calls.Select(_ => new CancellationTokenSource()).ToArray();
                var begun = 0;
                using var scheduler = Schedulers.Create(
                    new RecordingRunner((texts, _) =>
                    {
                        var now = Interlocked.Add(ref begun, texts.Count);
                        for (var i = 0; i < calls.Length; i++)
                        {
                            if (calls[i].Item2 && now >= calls[i].Item3)
                            {
                                sources[i].Cancel();
                            }
                        }
                    }),
                    threads,
                    256);

                await Task.WhenAll(calls.Select((call, i) => ServeAsync(scheduler, 100 * i, call.Item1, mayEndEarly: call.Item2, sources[i].Token)));
                await Runs.AssertServedAsync(scheduler, 0, 10);
                Array.ForEach(sources, source => source.Dispose());
            },
            iter: 30,
            threads: 1);

    private static async Task ServeAsync(EmbeddingScheduler scheduler, int first, int count, bool mayEndEarly, CancellationToken cancellationToken)
    {
        string[] texts = [.. Enumerable.Range(first, count).Select(Runs.Text)];
        try
        {
            Assert.Equal(texts.Select(Runs.VectorOf), await Runs.EmbedAsync(scheduler, texts, cancellationToken));
        }
        catch (OperationCanceledException e) when (mayEndEarly)
        {
            Assert.Equal(cancellationToken, e.CancellationToken);
        }
    }

    private static async Task AssertCancelledAsync(Task call, CancellationToken token) =>
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
}
