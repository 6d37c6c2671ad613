using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class DiskTests
{
    [Fact]
    public async Task A_disk_that_is_too_small_is_an_error_before_a_file_is_downloaded()
    {
        using var disk = SmallDisk.Mount(kilobytes: 200);
        await using var fixture = await HubFixture.StartAsync();
        var error = await fixture.FailAsync(options => options.CacheDirectory = disk.Path);
        Assert.Matches(
            @"The disk is full: the download needs 0\.3 MB more, 0\.[12] MB are free\. "
            + @"Free some space, or choose another cache folder \(JINA_EMBEDDINGS_CACHE\)",
            error.Message);
        Assert.DoesNotContain(fixture.Hub.Requests, request => request.Server == "store");
    }

    [Fact]
    public async Task A_disk_that_fills_up_is_an_error_and_the_download_resumes_with_more_space()
    {
        using var disk = SmallDisk.Mount(kilobytes: 200);
        await using var fixture = await HubFixture.StartAsync();

        // The hub does not send the size, so the needed space is not known in advance.
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
        Assert.Contains(
            fixture.Hub.Requests,
            request => request.Path.EndsWith(SmallCheckpoint.Weights, StringComparison.Ordinal) && request.Range is not null);
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_created_is_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        var file = fixture.Folder.File("a-file");
        File.WriteAllText(file, "");
        var error = await fixture.FailAsync(options => options.CacheDirectory = file);
        Assert.StartsWith(
            $"{file}: The model org/model could not be read from this cache folder or written to it:",
            error.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("Choose a folder that can be read and written (JINA_EMBEDDINGS_CACHE).", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache/models/org/model/refs/main")]
    [InlineData("cache/models/org/model/" + LocalHub.Commit + "/spiece.model")]
    [InlineData("huggingface/hub/models--org--model/refs/main")]
    public async Task An_unreadable_file_is_an_error_that_names_it(string path)
    {
        await using var fixture = await HubFixture.StartAsync();
        SnapshotFolder.Write(fixture.HuggingFaceCache, "org/model", LocalHub.Commit, []);
        if (path.StartsWith("cache/", StringComparison.Ordinal))
        {
            await fixture.ResolveAsync();
        }

        var file = fixture.Folder.File(path.Split('/'));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(1));
        using var locked = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = await fixture.FailAsync();
        Assert.StartsWith(
            $"{fixture.Cache}: The model org/model could not be read from this cache folder", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }
}
