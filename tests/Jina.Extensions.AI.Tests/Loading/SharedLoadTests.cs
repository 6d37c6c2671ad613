using Jina.Extensions.AI.Loading;

namespace Jina.Extensions.AI.Tests.Loading;

public sealed class SharedLoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_callers_share_one_load()
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
    public async Task A_caller_that_cancels_does_not_stop_the_load()
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
    public async Task After_a_failure_the_next_caller_loads_again()
    {
        var attempts = 0;
        await using var load = new SharedLoad<string>(
            _ => ++attempts == 1 ? throw new IOException("disk") : Task.FromResult("model"));

        await Assert.ThrowsAsync<IOException>(() => load.GetAsync(Token));

        Assert.Null(load.Result);
        Assert.Equal("model", await load.GetAsync(Token));
    }

    [Fact]
    public async Task A_forgotten_result_is_loaded_again_and_a_newer_one_is_kept()
    {
        var loads = 0;
        await using var load = new SharedLoad<string>(_ => Task.FromResult($"model {++loads}"));
        var first = await load.GetAsync(Token);

        load.Forget(first);
        var second = await load.GetAsync(Token);
        load.Forget(first);

        Assert.Equal("model 2", second);
        Assert.Same(second, load.Result);
    }

    [Fact]
    public async Task Disposal_stops_a_running_load()
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
    public async Task Disposal_disposes_a_result_that_no_caller_waited_for()
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
