using Jina.Extensions.AI.Acquisition;

namespace Jina.Extensions.AI;

/// <summary>The models on this machine: from a name to a folder of files.</summary>
/// <remarks>Safe for concurrent use by threads and processes that share a cache.</remarks>
public sealed class ModelStore
{
    private readonly string? _cacheDirectory;

    /// <summary>Opens the store; nothing is read or made yet.</summary>
    /// <param name="options">The options, copied here; null for the defaults.</param>
    public ModelStore(ModelStoreOptions? options = null) => _cacheDirectory = options?.CacheDirectory;

    /// <summary>Gets the absolute path of the cache folder, which need not exist yet.</summary>
    public string CacheDirectory => ModelCache.Root(_cacheDirectory);

    /// <summary>Returns the folder of a model that is already here in full, without using the network.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The absolute path, or null.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public string? TryLocate(JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelLocator.TryLocate(model, _cacheDirectory);
    }

    /// <summary>Returns the folder of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="progress">Told how far a download is; nothing is reported when the model is here already.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">The model is not here.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string> ResolveAsync(
        JinaEmbeddingModel model,
        IProgress<ModelDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        cancellationToken.ThrowIfCancellationRequested();
        return ModelLocator.TryLocate(model, _cacheDirectory) is { } folder
            ? Task.FromResult(folder)
            : Task.FromException<string>(ModelLocator.NotFound(model, _cacheDirectory));
    }
}
