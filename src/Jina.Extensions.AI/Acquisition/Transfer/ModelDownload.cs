using System.Diagnostics;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Fetches a model into the cache: what is not here yet of it, verified, and the manifest last. Its caller holds the lock.</summary>
internal sealed class ModelDownload(StoreSettings settings, ILogger logger)
{
    public async Task<string> RunAsync(
        JinaEmbeddingModel model, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var repository = model.Repository!;
        using var hub = new HubClient(settings);
        var retry = DownloadRetry.Create(hub, settings.Limits, logger);
        var revision = RevisionRecord.CommitOf(settings.Root, repository, model.Revision!) ?? model.Revision!;
        var remote = await RemoteModel.DescribeAsync(hub, retry, settings.Limits, repository, revision, cancellationToken).ConfigureAwait(false);

        // Before the files: a download that breaks off goes on with the same commit, even if the branch has moved.
        RevisionRecord.Write(settings.Root, repository, model.Revision!, remote.Commit);
        var folder = ModelCache.CommitFolder(settings.Root, repository, remote.Commit);
        Directory.CreateDirectory(folder);
        var total = remote.Files.Sum(file => file.Size ?? 0);
        Log.DownloadStarted(logger, model.Name, remote.Commit, remote.Files.Count, total, hub.Host);

        var meter = new DownloadMeter(progress, total, TimeProvider.System);
        var files = new Dictionary<string, ManifestFile>();
        foreach (var file in remote.Files)
        {
            if (await TakeLocalAsync(repository, remote.Commit, file, folder, cancellationToken).ConfigureAwait(false) is { } here)
            {
                files.Add(file.Path, here);
                meter.Add(file.Path, here.Size, received: false);
            }
        }

        var wanted = remote.Files.Where(file => !files.ContainsKey(file.Path)).OrderByDescending(file => file.Size).ToArray();
        DiskSpace.ThrowIfShort(folder, wanted.Sum(file => (file.Size ?? 0) - LengthOf(PartialPath(repository, file))));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Limits.ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, parallel, async (file, token) =>
        {
            var download = new FileDownload(hub, retry, settings.Limits, meter, repository, remote.Commit, file);
            var fetched = await download.FetchAsync(PartialPath(repository, file), Path.Combine(folder, file.Path), token).ConfigureAwait(false);
            lock (files)
            {
                files.Add(file.Path, fetched);
            }
        }).ConfigureAwait(false);

        new ModelManifest(repository, remote.Commit, [.. remote.Files.Select(file => files[file.Path])]).Write(folder);
        meter.Finish();
        Log.DownloadFinished(logger, model.Name, folder, clock.ElapsedMilliseconds);
        return folder;
    }

    /// <summary>Looks for a file in the model's own folder, where a broken download may have left it, and in the Hugging Face cache.</summary>
    private async Task<ManifestFile?> TakeLocalAsync(string repository, string commit, RemoteFile file, string folder, CancellationToken cancellationToken)
    {
        // Without a digest nothing says that a local file is the right one.
        if (file.Digest is null)
        {
            return null;
        }

        var path = Path.Combine(folder, file.Path);
        if (LengthOf(path) == (file.Size ?? -1))
        {
            using var hasher = await ContentHasher.ReadAsync(path, file.Digest, cancellationToken).ConfigureAwait(false);
            if (hasher.Matches())
            {
                return ManifestFile.Of(path, file.Path, hasher.Sha256());
            }
        }

        return await new HuggingFaceCache(settings.HuggingFaceCache, repository)
            .TryTakeAsync(commit, file.Digest, folder, file.Path, cancellationToken).ConfigureAwait(false);
    }

    private string PartialPath(string repository, RemoteFile file)
    {
        var name = $"{file.Path.Replace('/', '-')}.{file.Digest?.Hex ?? "unverified"}.incomplete";
        return Path.Combine(ModelCache.IncompleteFolder(settings.Root, repository), name);
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
