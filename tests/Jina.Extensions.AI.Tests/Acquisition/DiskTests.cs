using Jina.Extensions.AI.Tests.Acquisition.Hub;

using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class DiskTests
{
    [Fact]
    public async Task A_disk_that_is_too_small_is_told_before_anything_is_fetched()
    {
        using var disk = SmallDisk.Mount(kilobytes: 200);
        await using var fixture = await HubFixture.StartAsync();
        var error = await fixture.FailAsync(options => options.CacheDirectory = disk.Path);
        Assert.Matches(@"The disk is full: the download needs 0\.3 MB more, 0\.[12] MB are free\. Free some space, or choose another cache folder \(JINA_EMBEDDINGS_CACHE\)", error.Message);
        Assert.DoesNotContain(fixture.Hub.Requests, request => request.Server == "store");
    }

    [Fact]
    public async Task A_disk_that_fills_in_mid_download_is_told_and_the_download_goes_on_once_there_is_room()
    {
        using var disk = SmallDisk.Mount(kilobytes: 200);
        await using var fixture = await HubFixture.StartAsync();

        // A hub that keeps the size to itself, so that the need cannot be seen beforehand.
        fixture.Hub.EditHeaders = context => context.Response.Headers.Remove("X-Linked-Size");
        fixture.Hub.OnStore = (context, _) =>
        {
            var isHead = context.Request.Method == "HEAD";
            context.Response.StatusCode = isHead ? 403 : 200;
            return Task.FromResult(isHead);
        };
        var error = await fixture.FailAsync(options => options.CacheDirectory = disk.Path);
        Assert.Contains("The disk is full:", error.Message, StringComparison.Ordinal);
        Assert.Null(fixture.Store(options => options.CacheDirectory = disk.Path).TryLocate(fixture.Model));

        disk.Resize(kilobytes: 2000);
        fixture.Hub.EditHeaders = _ => { };
        fixture.Hub.Requests.Clear();
        var folder = await fixture.ResolveAsync(options => options.CacheDirectory = disk.Path);
        Assert.True(File.ReadAllBytes(Path.Combine(folder, SmallCheckpoint.Weights)).AsSpan().SequenceEqual(fixture.Hub.Weights.Content));
        Assert.Contains(fixture.Hub.Requests, request => request.Path.EndsWith(SmallCheckpoint.Weights, StringComparison.Ordinal) && request.Range is not null);
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_made_is_told()
    {
        await using var fixture = await HubFixture.StartAsync();
        var file = fixture.Folder.File("a-file");
        File.WriteAllText(file, "");
        var error = await fixture.FailAsync(options => options.CacheDirectory = file);
        Assert.StartsWith($"{file}: The model org/model could not be put into this cache folder:", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose one that can be written (JINA_EMBEDDINGS_CACHE).", error.Message, StringComparison.Ordinal);
    }
}
