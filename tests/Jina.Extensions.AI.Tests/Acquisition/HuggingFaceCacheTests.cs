using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class HuggingFaceCacheTests
{
    [Fact]
    public async Task A_snapshot_is_used_without_the_network_and_without_a_second_copy()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folder = SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files);
        Assert.Equal(fixture.CommitFolder, await fixture.ResolveAsync());
        fixture.AssertComplete();
        Assert.Empty(fixture.Hub.Requests);

        // The files are real files, as ONNX Runtime needs them, but share their bytes on disk.
        var weights = Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights);
        Assert.Null(File.ResolveLinkTarget(weights, returnFinalTarget: false));
        File.AppendAllText(Path.Combine(folder, "blobs", fixture.Hub.Weights.Digest), "x");
        Assert.Equal(fixture.Hub.Weights.Content.Length + 1, new FileInfo(weights).Length);
    }

    [Fact]
    public async Task A_snapshot_is_used_offline()
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
    public async Task A_snapshot_without_an_important_file_is_not_used_offline(string path)
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(
            fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files.Where(file => file.Path != path));
        await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_file_that_is_recorded_as_absent_is_not_required()
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
    public async Task Only_the_missing_files_of_a_snapshot_are_downloaded()
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(
            fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files.Where(file => file.Path != "spiece.model"));
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        var downloads = fixture.Hub.Requests.Where(request => request.Method == "GET" && request.Server == "store");
        Assert.Equal(["spiece.model"], downloads.Select(request => Path.GetFileName(request.Path)));
    }

    [Fact]
    public async Task A_snapshot_of_plain_files_is_not_used_offline()
    {
        await using var fixture = await HubFixture.StartAsync();
        WritePlainSnapshot(fixture, fixture.Hub.Files.Select(file => file with { Content = "7 bytes"u8.ToArray() }));
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.OfflineStore().ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("plain files without a digest", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task Plain_files_are_used_if_the_hub_confirms_their_digests()
    {
        await using var fixture = await HubFixture.StartAsync();
        WritePlainSnapshot(
            fixture,
            fixture.Hub.Files.Select(
                file => file.Path == "spiece.model" ? file with { Content = new byte[file.Content.Length] } : file));
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        var downloads = fixture.Hub.Requests.Where(request => request.Method == "GET");
        Assert.Equal(["spiece.model"], downloads.Select(request => Path.GetFileName(request.Path)).Distinct());
    }

    [Fact]
    public async Task A_damaged_blob_is_not_used()
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

    /// <summary>Writes a snapshot as Hugging Face's libraries do on systems without symbolic links.</summary>
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
