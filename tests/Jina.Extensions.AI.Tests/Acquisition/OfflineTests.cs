using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class OfflineTests
{
    [Fact]
    public async Task The_error_is_one_paragraph_with_the_files_the_places_and_the_next_steps()
    {
        await using var fixture = await HubFixture.StartAsync();
        var store = new ModelStore(
            new ModelStoreOptions { CacheDirectory = fixture.Cache, Endpoint = fixture.Hub.HubAddress },
            new HubEnvironment { Offline = true, HuggingFaceCache = fixture.HuggingFaceCache });
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => store.ResolveAsync(JinaEmbeddingModel.SmallEnV1, cancellationToken: TestContext.Current.CancellationToken));
        var folder = Path.Combine(fixture.Cache, "models", "jinaai", "jina-embedding-s-en-v1", "5ac6cd473e2324c6d5f9e558a6a9f65abb57143e");
        Assert.Equal(
            "The model jina-embedding-s-en-v1 is not complete on this machine and could not be downloaded. "
            + "The network cannot be used, because HF_HUB_OFFLINE is set. "
            + "To start without the hub, run 'dotnet add package Jina.Embeddings.DemoModel' and use JinaEmbeddingModel.Demo, "
            + "a small model that is part of that package. "
            + "To use jina-embedding-s-en-v1, set HF_ENDPOINT to a mirror that this machine can reach, "
            + "pass the directory of its files to JinaEmbeddingModel.FromDirectory, "
            + "or install the tool with 'dotnet tool install --global Jina.Embeddings.Tool', "
            + $"run 'jina-embeddings pull jina-embedding-s-en-v1 --cache-dir {fixture.Cache}' where the hub can be reached, "
            + $"and copy the cache folder {fixture.Cache} to this machine if it is another one. "
            + "Missing files: config.json, spiece.model, model.safetensors or pytorch_model.bin. "
            + $"Searched {folder} and the Hugging Face cache {fixture.HuggingFaceCache}.",
            error.Message);
        Assert.Equal(folder, error.ModelPath);
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task An_unhandled_error_prints_the_message_and_no_trace_of_its_causes()
    {
        await using var fixture = await HubFixture.StartAsync();

        var error = await fixture.FailAsync(options => options.Endpoint = "http://localhost:1");

        Assert.NotNull(error.InnerException);
        Assert.StartsWith($"Jina.Extensions.AI.JinaModelException: {error.Message}", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--->", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(ModelStore), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_the_package_of_the_tool() => Assert.Contains(
        "<PackageId>Jina.Embeddings.Tool</PackageId>",
        File.ReadAllText(RepositoryFiles.Path("src", "Jina.Embeddings.Tool", "Jina.Embeddings.Tool.csproj")),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_error_names_the_revisions_that_are_cached()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Branch = "v1.0";
        await fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromHub("org/model", "v1.0"), cancellationToken: TestContext.Current.CancellationToken);
        var error = await fixture.FailAsync(options => options.Offline = true);
        Assert.Contains(
            "The cache has org/model@v1.0. Use a name from this list. ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(fixture.Store().TryLocate(JinaEmbeddingModel.Parse("org/model@v1.0")));
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
    public async Task No_file_is_written_if_the_model_cannot_be_downloaded()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.FailAsync(options => options.Offline = true);
        Assert.False(Directory.Exists(fixture.Cache));
    }

    [Fact]
    public async Task The_option_overrides_the_offline_variable()
    {
        await using var fixture = await HubFixture.StartAsync();
        var store = new ModelStore(
            new ModelStoreOptions { CacheDirectory = fixture.Cache, Endpoint = fixture.Hub.HubAddress, Offline = false },
            new HubEnvironment { Offline = true, HuggingFaceCache = fixture.HuggingFaceCache });
        await store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_copied_cache_works_offline()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        using var elsewhere = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(fixture.Cache, "*", SearchOption.AllDirectories))
        {
            var copy = elsewhere.File(Path.GetRelativePath(fixture.Cache, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file)); // does not copy the times, like many copy commands
        }

        var store = fixture.Store(options => (options.CacheDirectory, options.Offline) = (elsewhere.Path, true));
        var directory = await store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith(elsewhere.Path, directory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_directory_never_uses_the_network()
    {
        await using var fixture = await HubFixture.StartAsync();
        var model = JinaEmbeddingModel.FromDirectory(fixture.Folder.Path);
        var store = fixture.Store(options => options.Endpoint = "not an address");
        Assert.Equal(fixture.Folder.Path, await store.ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(fixture.Hub.Requests);
    }

    [Fact]
    public async Task A_missing_model_directory_is_an_error_that_names_it()
    {
        await using var fixture = await HubFixture.StartAsync();
        var path = fixture.Folder.File("nowhere");
        var error = await Assert.ThrowsAsync<JinaModelException>(() => fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromDirectory(path), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(
            $"{path}: The directory does not exist. A directory with a model in Hugging Face layout is expected. Check the path.",
            error.Message);
    }
}
