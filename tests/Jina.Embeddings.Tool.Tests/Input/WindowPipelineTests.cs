using System.Text;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Tests.Input;

public sealed class WindowPipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_window_lets_later_ones_begin_and_is_still_written_first()
    {
        var thirdBegan = new TaskCompletionSource();
        var begun = 0;
        var written = new List<string>();
        var pipeline = new WindowPipeline<string>(
            async (window, _) =>
            {
                switch (++begun)
                {
                    case 1:
                        // Without overlap this would wait forever.
                        await thirdBegan.Task;
                        break;
                    case 3:
                        thirdBegan.SetResult();
                        break;
                }

                return window[0].Text;
            },
            (window, first) =>
            {
                Assert.Equal(first, window[0].Text);
                written.AddRange(window.Select(record => record.Text));
            });

        await pipeline.RunAsync(Texts(3000), Token).WaitAsync(TimeSpan.FromMinutes(1), Token);

        Assert.Equal(Lines(3000), written);
    }

    [Fact]
    public async Task The_number_of_windows_in_progress_is_limited()
    {
        var inProgress = 0;
        var most = 0;
        var pipeline = new WindowPipeline<bool>(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inProgress));
                await Task.Yield();
                return true;
            },
            (_, _) =>
            {
                Thread.Sleep(5);
                Interlocked.Decrement(ref inProgress);
            });

        await pipeline.RunAsync(Texts(10_000), Token);

        Assert.InRange(most, 2, WindowPipeline<bool>.MostInProgress);
    }

    [Fact]
    public async Task A_failure_is_reported_after_the_windows_before_it()
    {
        var begun = 0;
        var written = 0;
        var pipeline = new WindowPipeline<int>(
            (window, _) => ++begun == 3 ? Task.FromException<int>(new CommandException("the third")) : Task.FromResult(window.Count),
            (_, count) => written += count);

        var error = await Assert.ThrowsAsync<CommandException>(() => pipeline.RunAsync(Texts(5000), Token));

        Assert.Equal("the third", error.Message);
        Assert.Equal(1024, written);
    }

    [Fact]
    public async Task A_failure_to_write_stops_the_work()
    {
        var stopped = new TaskCompletionSource();
        var pipeline = new WindowPipeline<int>(
            async (window, token) =>
            {
                if (window[0].Index != 0)
                {
                    token.Register(() => stopped.TrySetResult());
                    await Task.Delay(Timeout.Infinite, token);
                }

                await Task.Yield();
                return 0;
            },
            (_, _) => throw new CommandException("full"));

        await Assert.ThrowsAsync<CommandException>(() => pipeline.RunAsync(Texts(1024), Token).WaitAsync(TimeSpan.FromMinutes(1), Token));
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    private static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(number => $"{number}")];

    private static LineInput Texts(int count) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', Lines(count)))), "memory");
}
