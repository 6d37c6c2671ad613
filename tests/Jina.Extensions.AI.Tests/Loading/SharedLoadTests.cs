using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;

namespace Jina.Extensions.AI.Tests.Loading;

public sealed class SharedLoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_ask_share_one_load()
    {
        var loads = 0;
        await using var load = new SharedLoad<string>(async _ =>
        {
            Interlocked.Increment(ref loads);
            await Task.Yield();
            return "model";
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => load.GetAsync(Token)));

        Assert.Equal(1, loads);
        Assert.Equal("model", load.Result);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_stop_the_load()
    {
        var release = new TaskCompletionSource();
        await using var load = new SharedLoad<string>(async _ =>
        {
            await release.Task;
            return "model";
        });
        using var source = new CancellationTokenSource();
        var impatient = load.GetAsync(source.Token);
        var patient = load.GetAsync(Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.Equal("model", await patient);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var attempts = 0;
        await using var load = new SharedLoad<string>(_ => ++attempts == 1 ? throw new IOException("disk") : Task.FromResult("model"));

        await Assert.ThrowsAsync<IOException>(() => load.GetAsync(Token));

        Assert.Null(load.Result);
        Assert.Equal("model", await load.GetAsync(Token));
    }

    [Fact]
    public async Task Disposal_stops_a_load_under_way()
    {
        var load = new SharedLoad<string>(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "never";
        });
        var waiting = load.GetAsync(Token);

        await load.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load.GetAsync(Token));
    }

    [Fact]
    public async Task Disposal_disposes_of_a_result_that_nobody_waited_for()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var result = new MemoryStream();
        var load = new SharedLoad<MemoryStream>(async _ =>
        {
            started.SetResult();
            await release.Task;
            return result;
        });
        using var source = new CancellationTokenSource();
        var impatient = load.GetAsync(source.Token);
        await started.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        var disposal = load.DisposeAsync();
        release.SetResult();
        await disposal;

        Assert.False(result.CanRead);
    }
}
