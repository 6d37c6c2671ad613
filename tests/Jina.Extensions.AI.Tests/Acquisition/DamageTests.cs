using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class DamageTests
{
    /// <summary>A manifest up to the members of its one file.</summary>
    private const string Before = "{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": [{ ";

    /// <summary>The rest of the manifest.</summary>
    private const string After = ", \"modified\": \"2024-01-01T00:00:00Z\" }] }";

    [Fact]
    public async Task Only_the_file_with_a_changed_byte_is_downloaded_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        FlipByte(Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights));
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal([SmallCheckpoint.Weights], Downloaded(fixture));
    }

    [Fact]
    public async Task A_shortened_or_deleted_file_is_downloaded_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        using (var file = File.OpenWrite(Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights)))
        {
            file.SetLength(1000);
        }

        File.Delete(Path.Combine(fixture.CommitFolder, "spiece.model"));
        fixture.AssertNothingUsable();
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal([SmallCheckpoint.Weights, "spiece.model"], Downloaded(fixture));
    }

    [Fact]
    public async Task A_repair_finds_damage_that_did_not_change_time_or_size()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        var weights = Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights);
        var time = File.GetLastWriteTimeUtc(weights);
        FlipByte(weights);
        File.SetLastWriteTimeUtc(weights, time);
        await fixture.Store().RepairAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_file_with_a_new_time_only_is_not_downloaded_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        File.SetLastWriteTimeUtc(Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights), DateTime.UtcNow);
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task Offline_a_damaged_file_is_named()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        FlipByte(Path.Combine(fixture.CommitFolder, "spiece.model"));
        var error = await fixture.FailAsync(options => options.Offline = true);
        Assert.Contains("Damaged or missing files: spiece.model.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ }")]
    [InlineData("null")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{ \"repository\": null, \"commit\": null, \"files\": null }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": null }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": [] }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": {} }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": [null] }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": [1] }")]
    [InlineData("{ \"repository\": \"org/model\", \"commit\": \"0123\", \"files\": [{ }] }")]
    [InlineData(Before + "\"path\": null, \"size\": 1, \"sha256\": \"00\"" + After)]
    [InlineData(Before + "\"path\": \"config.json\", \"size\": 1, \"sha256\": null" + After)]
    [InlineData(Before + "\"path\": \"../../config.json\", \"size\": 1, \"sha256\": \"00\"" + After)]
    [InlineData(Before + "\"path\": \"\\u0000\", \"size\": 1, \"sha256\": \"00\"" + After)]
    [InlineData(Before + "\"path\": \"\\ud800\", \"size\": 1, \"sha256\": \"00\"" + After)]
    [InlineData(Before + "\"path\": \"config.json\", \"size\": 1e99, \"sha256\": \"00\"" + After)]
    [InlineData(Before + "\"path\": \"config.json\", \"size\": 1, \"sha256\": \"00\"" + After)]
    public async Task An_unreadable_manifest_counts_as_missing(string content)
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        File.WriteAllText(Path.Combine(fixture.CommitFolder, "jina-manifest.json"), content);
        fixture.AssertNothingUsable();
        fixture.Hub.Requests.Clear();
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Empty(Downloaded(fixture));
    }

    [Fact]
    public async Task A_repair_never_writes_into_a_file_that_another_cache_shares()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folder = SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, fixture.Hub.Files);
        await fixture.ResolveAsync();
        FlipByte(Path.Combine(fixture.CommitFolder, SmallCheckpoint.Weights));
        var blob = Path.Combine(folder, "blobs", fixture.Hub.Weights.Digest);
        var damaged = File.ReadAllBytes(blob);
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal(damaged, File.ReadAllBytes(blob));
    }

    private static string[] Downloaded(HubFixture fixture) =>
    [
        .. fixture.Hub.Requests
            .Where(request => request.Method == "GET" && request.Server == "store")
            .Select(request => Path.GetFileName(request.Path))
            .Order(),
    ];

    private static void FlipByte(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = 5;
        var value = file.ReadByte();
        file.Position = 5;
        file.WriteByte((byte)(value ^ 1));
    }
}
