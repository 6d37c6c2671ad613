using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI;

/// <summary>Finds and downloads models: from a model's name to a model directory with verified files.</summary>
/// <remarks>
/// Instances are safe for concurrent use by threads and processes that share a cache. A model is downloaded once, regardless of the
/// number of callers. A model that is given as a directory never uses the network or the cache.
/// </remarks>
public sealed class ModelStore
{
    private readonly StoreSettings _settings;
    private readonly ILogger _logger;

    /// <summary>Initializes a new instance of the <see cref="ModelStore"/> class. No file is created or read.</summary>
    /// <param name="options">The options, which are copied. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="loggerFactory">
    /// The factory of the logger for downloads, retries and damage. If <see langword="null"/>, nothing is logged.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ModelStoreOptions.ReachTimeout"/> is out of range.</exception>
    public ModelStore(ModelStoreOptions? options = null, ILoggerFactory? loggerFactory = null)
        : this(options ?? new(), HubEnvironment.Read(), loggerFactory)
    {
    }

    internal ModelStore(ModelStoreOptions options, HubEnvironment environment, ILoggerFactory? loggerFactory = null)
    {
        _settings = StoreSettings.From(options, environment);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ModelStore>();
    }

    /// <summary>Gets the absolute path of the cache folder. It does not need to exist yet.</summary>
    public string CacheDirectory => _settings.Cache.Root;

    /// <summary>Returns the directory of a model that is complete on this machine. Only names and sizes of files are checked.</summary>
    /// <param name="model">The model to find.</param>
    /// <returns>
    /// The absolute path, or <see langword="null"/>. A copy in the Hugging Face cache does not count until it was resolved once.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public string? TryLocate(JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.DirectoryPath is { } directory)
        {
            return Directory.Exists(directory) ? directory : null;
        }

        return Locate(_settings.Packaged, model) ?? Locate(_settings.Cache, model);
    }

    /// <summary>
    /// Returns the directory of a model. If the model is neither in a package beside the application nor in the cache, it is copied from
    /// the Hugging Face cache or downloaded.
    /// </summary>
    /// <remarks>
    /// Files that changed since they were verified are hashed again, and damaged files are downloaded again. The received bytes of a
    /// canceled or interrupted download are kept, and the next download resumes from them.
    /// </remarks>
    /// <param name="model">The model to find or download.</param>
    /// <param name="progress">
    /// The progress reporter for a download. It can be called from any thread. If <see langword="null"/>, progress is not reported.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the work.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">
    /// The model is not on this machine and cannot be downloaded. The message names the next step.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<string> ResolveAsync(
        JinaEmbeddingModel model,
        IProgress<ModelDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ResolveAsync(model, everything: false, progress, cancellationToken);

    /// <summary>
    /// Returns the directory of a model after hashing every file, even files that look unchanged. Damaged files are downloaded again.
    /// </summary>
    /// <param name="model">The model to repair.</param>
    /// <param name="progress">
    /// The progress reporter for a download. It can be called from any thread. If <see langword="null"/>, progress is not reported.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the work.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">
    /// The model is not complete and cannot be downloaded. The message names the next step.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<string> RepairAsync(
        JinaEmbeddingModel model,
        IProgress<ModelDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ResolveAsync(model, everything: true, progress, cancellationToken);

    /// <summary>
    /// Lists the contents of the cache, including interrupted downloads and the graphs of models in read-only directories.
    /// </summary>
    /// <returns>One entry per commit, ordered by repository, then one entry per graph.</returns>
    public IReadOnlyList<CachedModel> List() => new CacheInventory(_settings.Cache).List();

    /// <summary>
    /// Removes incomplete entries, commits that are no longer needed, and graphs, which are generated again when they are needed.
    /// Running downloads are not affected.
    /// </summary>
    /// <returns>The removed entries.</returns>
    /// <exception cref="IOException">A file is in use or cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">A file is in use or cannot be removed.</exception>
    public IReadOnlyList<CachedModel> Prune() => new CacheInventory(_settings.Cache).Prune();

    /// <summary>Returns a sentence about the revisions of a model's repository in the cache, or an empty string.</summary>
    internal string DescribeOtherRevisions(JinaEmbeddingModel model) =>
        model.Repository is { } repository ? AcquisitionErrors.OtherRevisions(_settings, repository) : "";

    private static string? Locate(ModelCache cache, JinaEmbeddingModel model) =>
        cache.Find(model) is var (folder, manifest) && manifest.FindMissing(folder).Count == 0 ? folder : null;

    private async Task<string> ResolveAsync(
        JinaEmbeddingModel model, bool everything, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.DirectoryPath is { } directory)
        {
            return Directory.Exists(directory) ? directory : throw AcquisitionErrors.DirectoryMissing(directory);
        }

        if (_settings.Packaged.Find(model) is var (packaged, manifest))
        {
            // The package was verified when it was restored, so only a repair reads the contents.
            var damaged = everything
                ? await manifest.FindDamageAsync(packaged, everything, cancellationToken).ConfigureAwait(false)
                : manifest.FindMissing(packaged);
            return damaged.Count == 0 ? packaged : throw AcquisitionErrors.PackageDamaged(packaged, damaged);
        }

        var acquisition = new ModelAcquisition(model, everything, _settings, _logger);
        return await acquisition.ResolveAsync(progress, cancellationToken).ConfigureAwait(false);
    }
}
