using CsCheck;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests requests that are canceled at any moment.</summary>
public sealed class RequestCancellationTests
{
    /// <summary>For each request: the number of texts, whether it is canceled, and after how many texts of all requests.</summary>
    private static readonly Gen<(int, bool, int)[]> Calls =
        Gen.Select(Gen.OneOf(Gen.Int[0, 5], Gen.Int[0, 3000]), Gen.Bool, Gen.Int[0, 4000]).Array[1, 12];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_canceled_before_it_begins_reads_nothing()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 1, 256);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await AssertCanceledAsync(
            Requests.EmbedAsync(
                scheduler, Enumerable.Range(0, 1).Select<int, string>(_ => throw new InvalidOperationException("Read.")), source.Token),
            source.Token);
    }

    [Fact]
    public async Task A_request_that_is_canceled_while_its_texts_are_read_reports_its_own_token()
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

        await AssertCanceledAsync(Requests.EmbedAsync(scheduler, texts, source.Token), source.Token);
    }

    [Fact]
    public async Task Requests_that_are_canceled_while_they_run_or_wait_report_their_own_tokens()
    {
        using var turnstile = new Turnstile();
        using var scheduler = Schedulers.Create(new RecordingRunner((_, _) => turnstile.Pass()), 1, 256);

        // There are more requests than places, so some wait for a place.
        var calls = Enumerable.Range(0, 1100).Select(i => (Source: new CancellationTokenSource(), i)).ToList()
            .ConvertAll(call => (call.Source, Vectors: Requests.EmbedAsync(scheduler, [Requests.Text(call.i)], call.Source.Token)));
        await turnstile.ArrivalAsync();

        calls.ForEach(call => call.Source.Cancel());

        await Task.WhenAll(calls.Select(call => AssertCanceledAsync(call.Vectors, call.Source.Token)));
        turnstile.Open();
        await Requests.AssertServedAsync(scheduler, 0, 10);
        calls.ForEach(call => call.Source.Dispose());
    }

    [Fact]
    public Task If_some_requests_are_canceled_the_others_get_their_vectors() =>
        Gen.Select(Gen.Int[1, 4], Calls).SampleAsync(
            async (threads, calls) =>
            {
                // Each request is canceled after a number of texts, over all requests, have begun to run.
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

                await Task.WhenAll(calls.Select((call, i) =>
                    ServeAsync(scheduler, 100 * i, call.Item1, mayEndEarly: call.Item2, sources[i].Token)));
                await Requests.AssertServedAsync(scheduler, 0, 10);
                Array.ForEach(sources, source => source.Dispose());
            },
            iter: 30,
            threads: 1);

    private static async Task ServeAsync(
        EmbeddingScheduler scheduler, int first, int count, bool mayEndEarly, CancellationToken cancellationToken)
    {
        string[] texts = [.. Enumerable.Range(first, count).Select(Requests.Text)];
        try
        {
            Assert.Equal(texts.Select(Requests.VectorOf), await Requests.EmbedAsync(scheduler, texts, cancellationToken));
        }
        catch (OperationCanceledException e) when (mayEndEarly)
        {
            Assert.Equal(cancellationToken, e.CancellationToken);
        }
    }

    private static async Task AssertCanceledAsync(Task call, CancellationToken token) =>
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
}
