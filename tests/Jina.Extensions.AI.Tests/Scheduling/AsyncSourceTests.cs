using System.Runtime.CompilerServices;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests requests whose texts come from an asynchronous source.</summary>
public sealed class AsyncSourceTests : IDisposable
{
    /// <summary>More texts than a request ever holds: those that run, wait, and are being read.</summary>
    private const int FewWindows = 4 * 2048;

    private readonly EmbeddingScheduler _scheduler = Schedulers.Create(new RecordingRunner(), 2, 256);
    private int _read;
    private int _disposed;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scheduler.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_text_gets_its_vector_in_order(bool slow)
    {
        var vectors = await WithinAMinuteAsync(Requests.CollectAsync(Requests.WindowsAsync(_scheduler, Texts(9000, slow), Token)));

        Assert.Equal(Enumerable.Range(0, 9000).Select(i => Requests.VectorOf(Requests.Text(i))), vectors);
        Assert.Equal((9000, 1), (_read, _disposed));
    }

    [Fact]
    public async Task Vectors_of_early_texts_do_not_wait_for_late_texts()
    {
        var late = new TaskCompletionSource();
        async IAsyncEnumerable<string> Live()
        {
            for (var i = 0; i < 6; i++)
            {
                if (i % 3 == 0)
                {
                    await late.Task;
                    late = new TaskCompletionSource();
                }

                yield return Requests.Text(i);
            }
        }

        await using var windows = Requests.WindowsAsync(_scheduler, Live(), Token).GetAsyncEnumerator(Token);
        for (var round = 0; round < 2; round++)
        {
            var next = windows.MoveNextAsync().AsTask();
            Assert.False(next.IsCompleted);
            late.SetResult();
            Assert.True(await WithinAMinuteAsync(next));
            Assert.Equal(Enumerable.Range(3 * round, 3).Select(i => Requests.VectorOf(Requests.Text(i))), windows.Current.Vectors);
        }

        Assert.False(await WithinAMinuteAsync(windows.MoveNextAsync().AsTask()));
    }

    [Fact]
    public async Task Texts_that_arrive_one_by_one_share_runs_while_others_run()
    {
        using var turnstile = new Turnstile();
        var runner = new RecordingRunner((_, _) => turnstile.Pass());
        using var scheduler = Schedulers.Create(runner, 1, 256);
        var texts = Texts(2000, slow: true).Select(text =>
        {
            if (_read == 1000)
            {
                turnstile.Open();
            }

            return text;
        });

        var vectors = await WithinAMinuteAsync(Requests.CollectAsync(Requests.WindowsAsync(scheduler, texts, Token)));

        Assert.Equal(2000, vectors.Length);
        Assert.InRange(runner.Runs.Take(200).Sum(run => run.Texts.Length), 1000, 2000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_endless_source_is_not_read_far_ahead_and_is_disposed_when_the_reader_leaves(bool slow)
    {
        var taken = 0;
        await foreach (var window in Requests.WindowsAsync(_scheduler, Texts(int.MaxValue, slow), Token))
        {
            taken += window.Vectors.Length;
            Assert.InRange(_read, taken, taken + FewWindows);
            if (taken > 5000)
            {
                break;
            }
        }

        Assert.InRange(_read, taken, taken + FewWindows);
        Assert.Equal(1, _disposed);
        Assert.Equal((0, 0L), _scheduler.Waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task A_failure_of_the_source_fails_the_request(int after)
    {
        var failure = new InvalidOperationException("The source is gone.");
        var texts = Texts(int.MaxValue, slow: true).Select((text, i) => i < after ? text : throw failure);

        var request = Requests.CollectAsync(Requests.WindowsAsync(_scheduler, texts, Token));

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => WithinAMinuteAsync(request)));
        Assert.Equal(1, _disposed);
        await Requests.AssertServedAsync(_scheduler, 0, 10);
    }

    [Fact]
    public async Task Cancellation_reaches_a_source_that_waits()
    {
        using var source = new CancellationTokenSource();
        var request = Requests.CollectAsync(Requests.WindowsAsync(_scheduler, TextsThenNothing(3), source.Token));
        await UntilAsync(() => _read == 3);

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WithinAMinuteAsync(request));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public async Task A_reader_that_leaves_stops_a_source_that_waits()
    {
        await foreach (var _ in Requests.WindowsAsync(_scheduler, TextsThenNothing(3), Token))
        {
            break;
        }

        Assert.Equal((3, 1), (_read, _disposed));
    }

    [Fact]
    public async Task A_source_that_ignores_its_token_does_not_hold_the_reader_and_is_disposed_later()
    {
        var never = new TaskCompletionSource();
        async IAsyncEnumerable<string> Deaf()
        {
            try
            {
                yield return "a";
                await never.Task;
                yield return "b";
            }
            finally
            {
                Interlocked.Increment(ref _disposed);
            }
        }

        await foreach (var _ in Requests.WindowsAsync(_scheduler, Deaf(), Token))
        {
            break;
        }

        Assert.Equal(0, _disposed);
        never.SetResult();
        await UntilAsync(() => Volatile.Read(ref _disposed) == 1);
    }

    private static Task<T> WithinAMinuteAsync<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);

    private static Task UntilAsync(Func<bool> condition) => Task.Run(
        () => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(1)), "The condition was not met within a minute."),
        Token);

    /// <summary>Returns texts. If <paramref name="slow"/>, the source is never ready when it is asked for the next text.</summary>
    private IAsyncEnumerable<string> Texts(int count, bool slow) => ReadAsync(count, slow, CancellationToken.None);

    private async IAsyncEnumerable<string> ReadAsync(int count, bool slow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (slow)
                {
                    await Task.Yield();
                }

                _read++;
                yield return Requests.Text(i);
            }
        }
        finally
        {
            _disposed++;
        }
    }

    /// <summary>Returns texts and then waits until it is canceled.</summary>
    private IAsyncEnumerable<string> TextsThenNothing(int count) => ReadAndWaitAsync(count, CancellationToken.None);

    private async IAsyncEnumerable<string> ReadAndWaitAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (; _read < count; _read++)
            {
                yield return Requests.Text(_read);
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _disposed++;
        }
    }
}
