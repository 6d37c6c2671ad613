using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class CacheInventoryTests
{
    private static readonly string OldCommit = new('a', 40);

    [Fact]
    public async Task An_empty_cache_lists_nothing_and_prunes_nothing()
    {
        await using var fixture = await HubFixture.StartAsync();
        Assert.Empty(fixture.Store().List());
        Assert.Empty(fixture.Store().Prune());
    }

    [Fact]
    public async Task A_model_is_listed_with_its_size_and_survives_pruning()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        var model = Assert.Single(fixture.Store().List());
        Assert.Equal(
            ("org/model", LocalHub.Commit, fixture.CommitFolder, true, true),
            (model.Repository, model.Commit, model.DirectoryPath, model.IsComplete, model.IsNeeded));
        Assert.True(model.Bytes > fixture.Hub.Files.Sum(file => file.Content.Length));
        Assert.Empty(fixture.Store().Prune());
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_commit_that_was_requested_by_name_is_needed()
    {
        await using var fixture = await HubFixture.StartAsync();
        var model = JinaEmbeddingModel.FromHub("org/model", LocalHub.Commit);
        await fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(fixture.Store().Prune());
        Assert.NotNull(fixture.Store().TryLocate(model));
    }

    [Fact]
    public async Task Commits_that_are_not_needed_and_interrupted_downloads_are_removed()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        Directory.Move(fixture.CommitFolder, Path.Combine(fixture.RepositoryFolder, OldCommit));
        var part = Path.Combine(fixture.RepositoryFolder, "incomplete", "weights.incomplete");
        File.WriteAllText(part, "part");
        await fixture.ResolveAsync();

        var removed = fixture.Store().Prune();
        Assert.Equal([null, OldCommit], removed.Select(model => model.Commit).Order());
        Assert.False(File.Exists(part));
        Assert.Equal([LocalHub.Commit], fixture.Store().List().Select(model => model.Commit));
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_graph_of_a_model_in_a_read_only_directory_is_listed_and_removed()
    {
        await using var fixture = await HubFixture.StartAsync();
        var checkpoint = Checkpoint.Open(DemoModel.Folder);
        var graph = EncoderGraphFile.EnsureInCache(checkpoint, [1, 2, 3], fixture.Cache);

        var listed = Assert.Single(fixture.Store().List());
        Assert.Equal(
            ("graphs", null, Path.GetDirectoryName(graph), true, false),
            (listed.Repository, listed.Commit, listed.DirectoryPath, listed.IsComplete, listed.IsNeeded));
        Assert.True(listed.Bytes > 3);

        Assert.Equal(listed, Assert.Single(fixture.Store().Prune()));
        Assert.False(Directory.Exists(listed.DirectoryPath));
        Assert.Empty(fixture.Store().List());
        Assert.True(File.Exists(EncoderGraphFile.EnsureInCache(checkpoint, [1, 2, 3], fixture.Cache)));
    }

    [Fact]
    public async Task A_running_download_is_not_removed()
    {
        await using var fixture = await HubFixture.StartAsync();
        Directory.CreateDirectory(Path.Combine(fixture.RepositoryFolder, "incomplete"));
        var part = Path.Combine(fixture.RepositoryFolder, "incomplete", "weights.incomplete");
        File.WriteAllText(part, "part");
        using (RepositoryLock.TryAcquire(fixture.RepositoryFolder))
        {
            Assert.Empty(fixture.Store().Prune());
            Assert.True(File.Exists(part));
        }

        Assert.Single(fixture.Store().Prune());
        Assert.False(File.Exists(part));
    }
}
