using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Gets a model of the hub from the first of these that has it: the cache, the Hugging Face cache, the network.</summary>
/// <param name="model">A model of the hub.</param>
/// <param name="everything">Whether to hash every file in the cache, and not only files that were written since they were verified.</param>
/// <param name="settings">The settings of the store.</param>
/// <param name="logger">The logger.</param>
internal sealed class ModelAcquisition(JinaEmbeddingModel model, bool everything, StoreSettings settings, ILogger logger)
{
    private readonly ModelCache _cache = settings.Cache;
    private readonly HuggingFaceCache _other = new(settings.HuggingFaceCache, model.Repository!);

    /// <summary>Returns the directory of a complete and verified model.</summary>
    /// <param name="progress">The progress reporter for a download, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token to cancel the work.</param>
    /// <exception cref="JinaModelException">The model is not on this machine and cannot be downloaded.</exception>
    public async Task<string> ResolveAsync(IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var (intact, damaged) = await FindIntactAsync(cancellationToken).ConfigureAwait(false);
            return intact ?? await GetAsync(damaged, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not JinaModelException)
        {
            throw new JinaModelException(
                _cache.Root,
                $"The model {model.Name} could not be read from this cache folder or written to it: {exception.Message} "
                + $"Choose a folder that can be read and written ({HubEnvironment.CacheVariable}).",
                exception);
        }
    }

    private async Task<string> GetAsync(
        IReadOnlyList<string> damaged, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var commit = _cache.FindCommit(model) ?? _other.FindCommit(model.Revision!);
            var snapshot = commit is not null && _other.ListFiles(commit) is { } paths ? new Snapshot(commit, paths) : null;
            if (settings.Offline && snapshot is null)
            {
                throw new HubException($"The network cannot be used, because {settings.OfflineReason}.");
            }

            return await GetLockedAsync(snapshot, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException exception)
        {
            throw AcquisitionErrors.ModelMissing(model, settings, damaged, exception);
        }
    }

    private async Task<string> GetLockedAsync(
        Snapshot? snapshot, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var folder = _cache.RepositoryFolder(model.Repository!);
        using var held = await RepositoryLock.AcquireAsync(folder, () => Log.DownloadAwaited(logger, model.Name), cancellationToken)
            .ConfigureAwait(false);

        // The previous owner of the lock can have downloaded the model.
        var (intact, _) = await FindIntactAsync(cancellationToken).ConfigureAwait(false);
        if (intact is not null)
        {
            return intact;
        }

        if (snapshot is not null && await TryAdoptAsync(snapshot, cancellationToken).ConfigureAwait(false) is { } adopted)
        {
            return adopted;
        }

        if (settings.Offline)
        {
            throw new HubException(
                "The copy in the Hugging Face cache is damaged, or has plain files without a digest. "
                + $"The network cannot be used, because {settings.OfflineReason}.");
        }

        using var hub = new HubClient(settings.Endpoint, settings.ReadToken(), settings.Limits.Answer);
        var download = new ModelDownload(hub, settings.Limits, _cache, _other, logger);
        return await download.RunAsync(model, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> TryAdoptAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var folder = _cache.CommitFolder(model.Repository!, snapshot.Commit);
        var manifest = await _other.TryAdoptAsync(snapshot.Commit, snapshot.Paths, folder, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return null;
        }

        _cache.RecordCommit(model, snapshot.Commit);
        manifest.Write(folder);
        Log.ModelAdopted(logger, model.Name, settings.HuggingFaceCache);
        return folder;
    }

    private async Task<(string? Folder, IReadOnlyList<string> Damaged)> FindIntactAsync(CancellationToken cancellationToken)
    {
        if (_cache.Find(model) is not var (folder, manifest))
        {
            return (null, []);
        }

        var damaged = await manifest.FindDamageAsync(folder, everything, cancellationToken).ConfigureAwait(false);
        if (damaged.Count == 0)
        {
            return (folder, damaged);
        }

        Log.DamageFound(logger, folder, string.Join(", ", damaged));
        return (null, damaged);
    }

    /// <summary>Represents a complete snapshot in the Hugging Face cache.</summary>
    private sealed record Snapshot(string Commit, IReadOnlyList<string> Paths);
}
