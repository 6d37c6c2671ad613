using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class ProcessTests
{
    [Fact]
    public async Task Eight_concurrent_processes_share_one_download()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = async (_, file) =>
        {
            // All processes start while the first one is still downloading.
            await Task.Delay(file.Path == SmallCheckpoint.Weights ? 3000 : 0, TestContext.Current.CancellationToken);
            return false;
        };
        var processes = Enumerable.Range(0, 8).Select(_ => Worker.Start(fixture)).ToArray();
        var folders = await Task.WhenAll(processes.Select(Worker.FinishAsync));
        Assert.All(folders, folder => Assert.Equal(fixture.CommitFolder, folder));
        fixture.AssertComplete();
        Assert.All(
            fixture.Hub.Files.Where(file => file.IsLarge), file => Assert.Equal(1, fixture.Hub.CountOf("GET", file.Path)));
    }

    [Fact]
    public async Task After_a_process_was_killed_the_next_one_resumes_its_download()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path == SmallCheckpoint.Weights)
            {
                await LocalHub.SendAsync(context, file, endAt: 150_000);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return file.Path == SmallCheckpoint.Weights;
        };
        using var killed = Worker.Start(fixture);
        await ModelDownloadTests.WaitForLengthAsync(
            fixture, 150_000, () => Assert.False(killed.HasExited, "The process ended by itself."));
        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        fixture.AssertNothingUsable();

        fixture.Hub.OnStore = (_, _) => Task.FromResult(false);
        fixture.Hub.Requests.Clear();
        using var next = Worker.Start(fixture);
        Assert.Equal(fixture.CommitFolder, await Worker.FinishAsync(next));
        fixture.AssertComplete();
        var requests = fixture.Hub.Requests.Where(
            request => request.Server == "store" && request.Path.EndsWith(SmallCheckpoint.Weights, StringComparison.Ordinal));
        Assert.Equal(["bytes=150000-"], requests.Select(request => request.Range));
    }

    [Fact]
    public async Task A_released_lock_goes_to_the_next_owner()
    {
        using var folder = new TemporaryFolder();
        var first = RepositoryLock.TryAcquire(folder.Path);
        Assert.NotNull(first);
        Assert.Null(RepositoryLock.TryAcquire(folder.Path));

        var waits = 0;
        var second = RepositoryLock.AcquireAsync(folder.Path, () => waits++, TestContext.Current.CancellationToken);
        Assert.Equal(1, waits);
        first.Dispose();
        (await second).Dispose();
        Assert.Equal(1, waits);
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_canceled()
    {
        using var folder = new TemporaryFolder();
        using var held = RepositoryLock.TryAcquire(folder.Path);
        using var cancellation = new CancellationTokenSource();
        var waiting = RepositoryLock.AcquireAsync(folder.Path, cancellation.Cancel, cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
