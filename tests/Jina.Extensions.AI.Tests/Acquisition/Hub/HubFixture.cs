using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>Provides a hub, an empty cache, and an empty Hugging Face cache.</summary>
internal sealed class HubFixture : IAsyncDisposable
{
    private HubFixture(LocalHub hub) => Hub = hub;

    public LocalHub Hub { get; }

    public TemporaryFolder Folder { get; } = new();

    public string Cache => Folder.File("cache");

    public string HuggingFaceCache => Folder.File("huggingface", "hub");

    public string CommitFolder => Path.Combine(Cache, "models", "org", "model", LocalHub.Commit);

    public string RepositoryFolder => Path.Combine(Cache, "models", "org", "model");

    public JinaEmbeddingModel Model => JinaEmbeddingModel.FromHub(Hub.Repository);

    public static async Task<HubFixture> StartAsync() => new(await LocalHub.StartAsync());

    /// <summary>Opens a store on the hub with short time limits, so that failures are quick.</summary>
    public ModelStore Store(Action<ModelStoreOptions>? configure = null)
    {
        var options = new ModelStoreOptions
        {
            CacheDirectory = Cache,
            Endpoint = Hub.HubAddress,
            Limits = new TransferLimits { RetryDelay = TimeSpan.FromMilliseconds(1), Retries = 3, Stall = TimeSpan.FromSeconds(1) },
        };
        configure?.Invoke(options);
        return new ModelStore(options, new HubEnvironment { HuggingFaceCache = HuggingFaceCache });
    }

    public ModelStore OfflineStore() => Store(options => options.Offline = true);

    public Task<string> ResolveAsync(Action<ModelStoreOptions>? configure = null) =>
        Store(configure).ResolveAsync(Model, cancellationToken: TestContext.Current.CancellationToken);

    public Task<JinaModelException> FailAsync(Action<ModelStoreOptions>? configure = null) =>
        Assert.ThrowsAsync<JinaModelException>(() => ResolveAsync(configure));

    /// <summary>Asserts that the cache has every file of the model, byte for byte, and that the store finds it.</summary>
    public void AssertComplete()
    {
        Assert.Equal(CommitFolder, Store().TryLocate(Model));
        foreach (var file in Hub.Files)
        {
            Assert.True(File.ReadAllBytes(Path.Combine(CommitFolder, file.Path)).AsSpan().SequenceEqual(file.Content), file.Path);
        }
    }

    /// <summary>Asserts that the cache does not have a usable model.</summary>
    public void AssertNothingUsable()
    {
        Assert.Null(Store().TryLocate(Model));
        Assert.DoesNotContain(Store().List(), model => model.IsComplete);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Folder.Dispose();
    }
}
