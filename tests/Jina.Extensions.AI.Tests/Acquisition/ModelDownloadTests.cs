using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class ModelDownloadTests
{
    [Fact]
    public async Task A_complete_model_is_in_a_folder_named_by_repository_and_commit()
    {
        await using var fixture = await HubFixture.StartAsync();
        Assert.Equal(fixture.CommitFolder, await fixture.ResolveAsync());
        fixture.AssertComplete();
        Assert.Equal(LocalHub.Commit, File.ReadAllText(Path.Combine(fixture.RepositoryFolder, "refs", "main")).Trim());
    }

    [Fact]
    public async Task A_cached_model_is_not_requested_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task Safetensors_are_preferred_to_the_pickle()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Files = [.. fixture.Hub.Files, new HubFile("model.safetensors", [1, 2, 3], IsLarge: true)];
        var folder = await fixture.ResolveAsync();
        Assert.True(File.Exists(Path.Combine(folder, "model.safetensors")));
        Assert.False(File.Exists(Path.Combine(folder, SmallCheckpoint.Weights)));
    }

    [Fact]
    public async Task A_moving_branch_is_resolved_once()
    {
        await using var fixture = await HubFixture.StartAsync();
        var first = await fixture.ResolveAsync();
        fixture.Hub.CurrentCommit = new string('f', 40);
        Assert.Equal(first, await fixture.ResolveAsync());
        Assert.Equal(
            first, await fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_branch_with_slashes_is_one_revision()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnHub = context =>
        {
            Assert.Contains("/resolve/refs%2Fpr%2F2/", RawTarget(context), StringComparison.Ordinal);
            context.Response.Headers["X-Repo-Commit"] = "0"; // not a commit, so the download ends here
            return Task.FromResult(false);
        };
        var model = JinaEmbeddingModel.FromHub("org/model", "refs/pr/2");
        await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_mirror_without_hashes_and_commits_serves_a_pinned_commit()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context =>
        {
            context.Response.Headers.Remove("X-Repo-Commit");
            context.Response.Headers.Remove("X-Linked-ETag");
            context.Response.Headers.Remove("X-Linked-Size");
            context.Response.Headers.Remove("ETag");
        };
        var model = JinaEmbeddingModel.FromHub("org/model", LocalHub.Commit);
        await fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(fixture.CommitFolder, fixture.Store().TryLocate(model));
    }

    [Fact]
    public async Task A_response_with_another_commit_is_rejected()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => context.Response.Headers["X-Repo-Commit"] = new string('a', 40);
        var model = JinaEmbeddingModel.FromHub("org/model", LocalHub.Commit);
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains($"sent commit {new string('a', 40)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_grows_to_the_total()
    {
        await using var fixture = await HubFixture.StartAsync();
        var reports = new List<ModelDownloadProgress>();
        await fixture.Store().ResolveAsync(fixture.Model, new Recorder(reports), TestContext.Current.CancellationToken);
        var total = fixture.Hub.Files.Sum(file => (long)file.Content.Length);
        Assert.Equal((total, total), (reports[^1].BytesReceived, reports[^1].TotalBytes));
        Assert.Equal(reports.Select(report => report.BytesReceived).Order(), reports.Select(report => report.BytesReceived));
        Assert.True(reports[^1].BytesPerSecond > 0);
        Assert.Contains(reports[^1].File, fixture.Hub.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task After_a_canceled_download_the_next_one_resumes()
    {
        await using var fixture = await HubFixture.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            await LocalHub.SendAsync(context, file, endAt: 100_000);
            await context.Response.Body.FlushAsync();
            await WaitForLengthAsync(fixture, 100_000);
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Store().ResolveAsync(fixture.Model, cancellationToken: cancellation.Token));
        fixture.AssertNothingUsable();

        fixture.Hub.OnStore = (_, _) => Task.FromResult(false);
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Contains(fixture.Hub.Requests, request => request.Server == "store" && request.Range == "bytes=100000-");
    }

    [Fact]
    public async Task Concurrent_callers_share_one_download()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folders = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => fixture.ResolveAsync())));
        Assert.All(folders, folder => Assert.Equal(fixture.CommitFolder, folder));
        Assert.Equal(1, fixture.Hub.CountOf("GET", SmallCheckpoint.Weights));
    }

    internal static async Task WaitForLengthAsync(HubFixture fixture, long length, Action? check = null)
    {
        var incomplete = Path.Combine(fixture.RepositoryFolder, "incomplete");
        bool IsReached() => Directory.Exists(incomplete)
            && Directory.GetFiles(incomplete, SmallCheckpoint.Weights + "*").Any(file => new FileInfo(file).Length >= length);
        while (!IsReached())
        {
            check?.Invoke();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static string RawTarget(Microsoft.AspNetCore.Http.HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;

    private sealed class Recorder(List<ModelDownloadProgress> reports) : IProgress<ModelDownloadProgress>
    {
        public void Report(ModelDownloadProgress value) => reports.Add(value);
    }
}
