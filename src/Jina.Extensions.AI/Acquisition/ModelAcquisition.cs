using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Gets a model of the hub by the cheapest way there is: our cache, the Hugging Face cache, the network.</summary>
internal sealed class ModelAcquisition(StoreSettings settings, ILogger logger)
{
    /// <summary>Returns the folder of a complete and verified model.</summary>
    /// <param name="model">A model of the hub.</param>
    /// <param name="everything">Whether to hash every file that is here, and not only those written since they were verified.</param>
    /// <param name="progress">Told about a download.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<string> ResolveAsync(
        JinaEmbeddingModel model, bool everything, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var (intact, damaged) = await FindIntactAsync(model, everything, cancellationToken).ConfigureAwait(false);
            return intact ?? await GetAsync(model, everything, damaged, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not JinaModelException)
        {
            throw new JinaModelException(
                settings.Root,
                $"The model {model.Name} could not be read from this cache folder or put into it: {exception.Message} "
                + $"Choose one that can be read and written ({HubEnvironment.CacheVariable}).",
                exception);
        }
    }

    private async Task<string> GetAsync(
        JinaEmbeddingModel model,
        bool everything,
        IReadOnlyList<string> damaged,
        IProgress<ModelDownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var other = new HuggingFaceCache(settings.HuggingFaceCache, model.Repository!);
            var commit = RevisionRecord.CommitOf(settings.Root, model.Repository!, model.Revision!) ?? other.CommitOf(model.Revision!);
            var adoptable = commit is null ? null : other.FilesOf(commit);
            return settings.Offline && adoptable is null
                ? throw new HubException($"The network may not be used: {settings.OfflineReason}.")
                : await GetLockedAsync(model, everything, other, commit, adoptable, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException exception)
        {
            throw MissingModel.Error(model, settings, damaged, exception);
        }
    }

    private async Task<string> GetLockedAsync(
        JinaEmbeddingModel model,
        bool everything,
        HuggingFaceCache other,
        string? commit,
        IReadOnlyList<string>? adoptable,
        IProgress<ModelDownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var repositoryFolder = ModelCache.RepositoryFolder(settings.Root, model.Repository!);
        using var held = await RepositoryLock.AcquireAsync(
            repositoryFolder, () => Log.DownloadAwaited(logger, model.Name), cancellationToken).ConfigureAwait(false);

        // Whoever had the lock before may have done the work.
        var (intact, _) = await FindIntactAsync(model, everything, cancellationToken).ConfigureAwait(false);
        if (intact is not null)
        {
            return intact;
        }

        if (adoptable is not null)
        {
            var folder = ModelCache.CommitFolder(settings.Root, model.Repository!, commit!);
            if (await other.TryAdoptAsync(commit!, adoptable, folder, cancellationToken).ConfigureAwait(false) is { } manifest)
            {
                RevisionRecord.Write(settings.Root, model.Repository!, model.Revision!, commit!);
                manifest.Write(folder);
                Log.ModelAdopted(logger, model.Name, settings.HuggingFaceCache);
                return folder;
            }
        }

        return settings.Offline
            ? throw new HubException(
                $"The copy in the Hugging Face cache is damaged, or of plain files without a digest, and the network may not be used: {settings.OfflineReason}.")
            : await new ModelDownload(settings, logger).RunAsync(model, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string? Folder, IReadOnlyList<string> Damaged)> FindIntactAsync(
        JinaEmbeddingModel model, bool everything, CancellationToken cancellationToken)
    {
        if (ModelLocator.Find(model, settings.Root) is not var (folder, manifest))
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
}
