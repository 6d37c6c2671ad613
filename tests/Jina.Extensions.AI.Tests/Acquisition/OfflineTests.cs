using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class OfflineTests
{
    [Fact]
    public async Task The_error_names_the_files_the_places_the_command_and_the_variable()
    {
        await using var fixture = await HubFixture.StartAsync();
        var store = new ModelStore(
            new ModelStoreOptions { CacheDirectory = fixture.Cache, Endpoint = fixture.Hub.HubAddress },
            new HubEnvironment { Offline = true, HuggingFaceCache = fixture.HuggingFaceCache });
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => store.ResolveAsync(JinaEmbeddingModel.SmallEnV1, cancellationToken: TestContext.Current.CancellationToken));
        var folder = Path.Combine(fixture.Cache, "models", "jinaai", "jina-embedding-s-en-v1", "5ac6cd473e2324c6d5f9e558a6a9f65abb57143e");
        Assert.Equal(
            $"{folder}: The model jina-embedding-s-en-v1 is not here in full. Missing: config.json, spiece.model, model.safetensors or pytorch_model.bin. "
            + "The network may not be used: HF_HUB_OFFLINE is set. "
            + $"Looked in this folder and in the Hugging Face cache {fixture.HuggingFaceCache}. "
            + $"Where the hub can be reached, run 'jina-embeddings pull jina-embedding-s-en-v1 --cache-dir {fixture.Cache}', "
            + $"and copy the cache folder {fixture.Cache} here if that is another machine; or set HF_ENDPOINT to a mirror within reach.",
            error.Message);
        Assert.Equal(folder, error.ModelPath);
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task The_command_quotes_a_cache_folder_with_spaces()
    {
        await using var fixture = await HubFixture.StartAsync();
        var cache = fixture.Folder.File("my cache");
        var error = await fixture.FailAsync(options => (options.CacheDirectory, options.Offline) = (cache, true));
        Assert.Contains($"'jina-embeddings pull org/model --cache-dir \"{cache}\"'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_when_nothing_can_be_done()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.FailAsync(options => options.Offline = true);
        Assert.False(Directory.Exists(fixture.Cache));
    }

    [Fact]
    public async Task The_option_can_lift_what_the_environment_says()
    {
        await using var fixture = await HubFixture.StartAsync();
        var store = new ModelStore(
            new ModelStoreOptions { CacheDirectory = fixture.Cache, Endpoint = fixture.Hub.HubAddress, Offline = false },
            new HubEnvironment { Offline = true, HuggingFaceCache = fixture.HuggingFaceCache });
        await store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_cache_that_was_pulled_elsewhere_and_copied_here_serves_offline()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        using var elsewhere = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(fixture.Cache, "*", SearchOption.AllDirectories))
        {
            var copy = elsewhere.File(Path.GetRelativePath(fixture.Cache, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file)); // loses the file's times, as many copies do
        }

        var store = fixture.Store(options => (options.CacheDirectory, options.Offline) = (elsewhere.Path, true));
        Assert.StartsWith(elsewhere.Path, await store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_never_touches_the_network_whatever_is_configured()
    {
        await using var fixture = await HubFixture.StartAsync();
        var model = JinaEmbeddingModel.FromDirectory(fixture.Folder.Path);
        var store = fixture.Store(options => options.Endpoint = "no address at all");
        Assert.Equal(fixture.Folder.Path, await store.ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_told_as_such()
    {
        await using var fixture = await HubFixture.StartAsync();
        var path = fixture.Folder.File("nowhere");
        var error = await Assert.ThrowsAsync<JinaModelException>(() => fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromDirectory(path), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal($"{path}: This folder does not exist. Expected a model in Hugging Face layout; check the path.", error.Message);
    }
}
