namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests requests from their texts to their vectors.</summary>
public sealed class EmbeddingRequestTests
{
    /// <summary>More texts than a request ever holds: those that run, wait, and are being read.</summary>
    private const int FewWindows = 4 * 2048;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Requests_of_all_sizes_get_their_own_vectors(int threads)
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), threads, 256);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Task.Run(() => Requests.AssertServedAsync(scheduler, first: 1000 * i, count: i % 20 == 7 ? 5000 : i % 3))));
    }

    [Fact]
    public async Task More_requests_than_there_are_places_are_all_served()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 2, 256);

        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => Requests.AssertServedAsync(scheduler, first: i, count: 1)));
    }

    [Fact]
    public async Task Texts_are_read_once_and_not_far_ahead_of_the_reader()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 2, 256);
        var (read, taken) = (0, 0);
        var enumerations = 0;
        IEnumerable<string> Million()
        {
            enumerations++;
            for (; read < 1_000_000; read++)
            {
                yield return Requests.Text(read);
            }
        }

        await foreach (var window in Requests.WindowsAsync(scheduler, Million(), Token))
        {
            Assert.Equal(Requests.VectorOf(Requests.Text(taken)), window.Vectors[0]);
            taken += window.Vectors.Length;
            Assert.InRange(read, taken, taken + FewWindows);
            if (taken > 10_000)
            {
                break;
            }
        }

        Assert.InRange(read, taken, taken + FewWindows);
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public async Task A_reader_that_leaves_removes_its_waiting_texts_from_the_queue()
    {
        using var turnstile = new Turnstile();
        var runner = new RecordingRunner((_, _) => turnstile.Pass());
        using var scheduler = Schedulers.Create(runner, 1, 256);
        var texts = Enumerable.Range(0, 100_000).Select(Requests.Text);
        await using (var windows = Requests.WindowsAsync(scheduler, texts, Token).GetAsyncEnumerator(Token))
        {
            var first = windows.MoveNextAsync().AsTask();
            while (!first.IsCompleted)
            {
                await turnstile.ArrivalAsync();
                turnstile.Let();
            }

            Assert.True(await first);
        }

        // One run may be in progress, and one about to begin.
        var runs = runner.Runs.Count;
        turnstile.Open();
        await Requests.AssertServedAsync(scheduler, 0, 1);
        Assert.InRange(runner.Runs.Count, runs + 1, runs + 2);
    }

    [Fact]
    public async Task A_sequence_that_fails_midway_fails_the_request_and_leaves_nothing_waiting()
    {
        using var turnstile = new Turnstile();
        var runner = new RecordingRunner((_, _) => turnstile.Pass());
        using var scheduler = Schedulers.Create(runner, 1, 256);
        var failure = new InvalidOperationException("The source is gone.");
        IEnumerable<string> Failing() =>
            Enumerable.Range(0, 5000).Select(Requests.Text).Concat(Enumerable.Range(0, 1).Select<int, string>(_ => throw failure));

        // No run has completed yet, so the failure of the sequence ends the request.
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => Requests.EmbedAsync(scheduler, Failing(), Token)));

        turnstile.Open();
        await Requests.AssertServedAsync(scheduler, 0, 1);
        Assert.InRange(runner.Runs.Count, 1, 2);
    }

    [Fact]
    public async Task The_sequence_is_disposed_after_success_and_after_failure()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 1, 256);
        var closed = 0;
        IEnumerable<string?> Closing(string? last)
        {
            try
            {
                yield return "a";
                yield return last;
            }
            finally
            {
                closed++;
            }
        }

        await Requests.EmbedAsync(scheduler, Closing("b")!, Token);
        Assert.Equal(1, closed);
        await Assert.ThrowsAsync<ArgumentNullException>("values", () => Requests.EmbedAsync(scheduler, Closing(null)!, Token));
        Assert.Equal(2, closed);
    }

    [Fact]
    public async Task The_message_for_an_invalid_text_contains_its_index_in_the_request()
    {
        using var scheduler = Schedulers.Create(new RecordingRunner(), 2, 256);
        var texts = Enumerable.Range(0, 5000).Select(i => i == 4999 ? null : "a");

        var missing = await Assert.ThrowsAsync<ArgumentNullException>("values", () => Requests.EmbedAsync(scheduler, texts!, Token));
        var tooLong = await Assert.ThrowsAsync<ArgumentException>(() => Requests.CollectAsync(
            Requests.WindowsAsync(
                scheduler,
                Requests.Tokenizer(TruncationPolicy.Throw, maxTokens: 5).Tokenize(texts.Select(text => text ?? "1 2 3 4 5 6")),
                Token)));

        Assert.StartsWith("Text 4999 is null", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith("Text 4999 has ", tooLong.Message, StringComparison.Ordinal);
        await Requests.AssertServedAsync(scheduler, 0, 3);
    }

    [Fact]
    public async Task A_failed_run_ends_its_request_and_no_other()
    {
        var bad = Requests.VectorOf(Requests.Text(2500));
        var failure = new InvalidOperationException("broken");
        using var scheduler = Schedulers.Create(
            new RecordingRunner((texts, _) =>
            {
                if (texts.Any(text => RecordingRunner.VectorOf(text).SequenceEqual(bad)))
                {
                    throw failure;
                }
            }),
            2,
            256);

        var failing = Requests.EmbedAsync(scheduler, Enumerable.Range(0, 20_000).Select(Requests.Text), Token);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => failing));
        await Requests.AssertServedAsync(scheduler, 30_000, 5000);
    }
}
