using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI;

/// <summary>The models on this machine: from a name to a folder of verified files, downloaded when it must be.</summary>
/// <remarks>
/// Safe for concurrent use by threads and processes that share a cache: whatever many ask for is fetched once. A model
/// given as a folder never touches the network or the cache.
/// </remarks>
public sealed class ModelStore
{
    private readonly StoreSettings _settings;
    private readonly ILogger _logger;

    /// <summary>Opens the store; nothing is made, and of the environment only variables are read.</summary>
    /// <param name="options">The options, copied here; null for the defaults.</param>
    /// <param name="loggerFactory">Where downloads, retries and damage are told; null for nowhere.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ModelStoreOptions.ReachTimeout"/> is out of its range.</exception>
    public ModelStore(ModelStoreOptions? options = null, ILoggerFactory? loggerFactory = null)
        : this(options ?? new(), HubEnvironment.Read(), loggerFactory)
    {
    }

    internal ModelStore(ModelStoreOptions options, HubEnvironment environment, ILoggerFactory? loggerFactory = null)
    {
        _settings = StoreSettings.From(options, environment);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ModelStore>();
    }

    /// <summary>Gets the absolute path of the cache folder; it need not exist yet.</summary>
    public string CacheDirectory => _settings.Root;

    /// <summary>Returns the folder of a model that is already here in full. It looks at names and sizes only.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The absolute path, or null; a copy in the Hugging Face cache does not count until it was resolved once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public string? TryLocate(JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelLocator.TryLocate(model, _settings.Root);
    }

    /// <summary>Returns the folder of a model, taking it from the Hugging Face cache or downloading it where it is not here.</summary>
    /// <remarks>
    /// Files that changed since they were verified are hashed again, and fetched again if they are damaged. What a
    /// cancelled or broken download has received is kept, and the next one goes on from there.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="progress">Told how far a download is, from any thread; nothing is reported when there is none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">The model is neither here nor to be had; the message says what would help.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string> ResolveAsync(
        JinaEmbeddingModel model,
        IProgress<ModelDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ResolveAsync(model, everything: false, progress, cancellationToken);

    /// <summary>Does what <see cref="ResolveAsync(JinaEmbeddingModel, IProgress{ModelDownloadProgress}?, CancellationToken)"/> does after hashing every file, also those that look untouched.</summary>
    /// <param name="model">The model.</param>
    /// <param name="progress">Told how far a download is, from any thread; nothing is reported when there is none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">The model is neither here in full nor to be had; the message says what would help.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string> RepairAsync(
        JinaEmbeddingModel model,
        IProgress<ModelDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ResolveAsync(model, everything: true, progress, cancellationToken);

    /// <summary>Lists what the cache holds, parts of downloads and graphs of models in read-only folders included.</summary>
    /// <returns>One entry per commit, by repository; then one per graph.</returns>
    public IReadOnlyList<CachedModel> List() => CacheInventory.List(_settings.Root);

    /// <summary>Removes what is not complete and what no name leads to any more; downloads under way are left alone. Graphs are removed too: they are made again when they are needed.</summary>
    /// <returns>What was removed.</returns>
    /// <exception cref="IOException">A file is in use or may not be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">A file is in use or may not be removed.</exception>
    public IReadOnlyList<CachedModel> Prune() => CacheInventory.Prune(_settings.Root);

    private async Task<string> ResolveAsync(
        JinaEmbeddingModel model, bool everything, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.DirectoryPath is { } directory)
        {
            return Directory.Exists(directory) ? directory : throw MissingModel.OfDirectory(directory);
        }

        return await new ModelAcquisition(_settings, _logger).ResolveAsync(model, everything, progress, cancellationToken).ConfigureAwait(false);
    }
}
