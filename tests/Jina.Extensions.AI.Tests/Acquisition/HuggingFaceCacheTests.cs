using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class HuggingFaceCacheTests
{
    [Fact]
    public async Task A_snapshot_that_is_there_is_taken_without_the_network_and_without_a_second_copy()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folder = SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files);
        Assert.Equal(fixture.CommitFolder, await fixture.ResolveAsync());
        fixture.AssertComplete();
        Assert.Empty(fixture.Hub.Requests);

        // Real files, as ONNX Runtime needs them, yet the very same bytes on disk.
        var weights = Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights);
        Assert.Null(File.ResolveLinkTarget(weights, returnFinalTarget: false));
        File.AppendAllText(Path.Combine(folder, "blobs", fixture.Hub.Weights.Digest), "x");
        Assert.Equal(fixture.Hub.Weights.Content.Length + 1, new FileInfo(weights).Length);
    }

    [Fact]
    public async Task It_serves_offline_too()
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files);
        await fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);
        fixture.AssertComplete();
    }

    [Theory]
    [InlineData("modules.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("spiece.model")]
    public async Task A_snapshot_that_lacks_a_file_that_matters_does_not_count_offline(string path)
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files.Where(file => file.Path != path));
        await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_file_that_the_cache_knows_to_be_absent_is_not_missed()
    {
        await using var fixture = await HubFixture.StartAsync();
        string[] absent = ["modules.json", "1_Pooling/config.json"];
        var folder = SnapshotFolder.Write(
            fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files.Where(file => !absent.Contains(file.Path)));
        var mark = Path.Combine(folder, ".no_exist", LocalHub.Commit, "modules.json");
        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        File.WriteAllText(mark, "");
        Assert.Equal(
            fixture.CommitFolder,
            await fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_snapshot_that_is_not_whole_the_network_fetches_only_the_rest()
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files.Where(file => file.Path != "spiece.model"));
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal(["spiece.model"], fixture.Hub.Requests.Where(request => request.Method == "GET" && request.Server == "store").Select(request => Path.GetFileName(request.Path)));
    }

    [Fact]
    public async Task A_snapshot_of_plain_files_is_not_believed_offline()
    {
        await using var fixture = await HubFixture.StartAsync();
        WritePlainSnapshot(fixture, fixture.Hub.Files.Select(file => file with { Content = "7 bytes"u8.ToArray() }));
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("plain files without a digest", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task Plain_files_are_taken_where_the_hub_confirms_them()
    {
        await using var fixture = await HubFixture.StartAsync();
        WritePlainSnapshot(fixture, fixture.Hub.Files.Select(file => file.Path == "spiece.model" ? file with { Content = new byte[file.Content.Length] } : file));
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal(["spiece.model"], fixture.Hub.Requests.Where(request => request.Method == "GET").Select(request => Path.GetFileName(request.Path)).Distinct());
    }

    [Fact]
    public async Task A_damaged_blob_is_not_taken()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folder = SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files);
        var blob = Path.Combine(folder, "blobs", fixture.Hub.Weights.Digest);
        File.WriteAllBytes(blob, new byte[fixture.Hub.Weights.Content.Length]);
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("The copy in the Hugging Face cache is damaged", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();

        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal(1, fixture.Hub.CountOf("GET", SmallCheckpoint.Weights));
    }

    /// <summary>What Hugging Face's libraries leave where a system gives them no symlinks.</summary>
    private static void WritePlainSnapshot(HubFixture fixture, IEnumerable<HubFile> files)
    {
        var folder = SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, []);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, "snapshots", LocalHub.Commit, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }
    }
}
