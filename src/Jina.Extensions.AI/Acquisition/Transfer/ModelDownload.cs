using System.Diagnostics;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>
/// Downloads the missing files of a model into the cache, verifies them, and writes the manifest last. The caller holds the lock.
/// </summary>
internal sealed class ModelDownload(HubClient hub, TransferLimits limits, ModelCache cache, HuggingFaceCache other, ILogger logger)
{
    public async Task<string> RunAsync(
        JinaEmbeddingModel model, IProgress<ModelDownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var retry = DownloadRetry.Create(hub, limits, logger);
        var revision = cache.FindCommit(model) ?? model.Revision!;
        var remote = await RemoteModel.DescribeAsync(hub, retry, limits, model, revision, cancellationToken).ConfigureAwait(false);

        // The commit is recorded before the files are downloaded. So an interrupted download resumes with it even if the branch has moved.
        cache.RecordCommit(model, remote.Commit);
        var folder = cache.CommitFolder(remote.Repository, remote.Commit);
        CacheFile.CreateFolder(folder);
        var total = remote.Files.Sum(file => file.Size ?? 0);
        Log.DownloadStarted(logger, model.Name, remote.Commit, remote.Files.Count, total, hub.Host);

        var meter = new DownloadMeter(progress, total, TimeProvider.System);
        var files = new Dictionary<string, ManifestFile>();
        foreach (var file in remote.Files)
        {
            if (await TakeLocalAsync(remote.Commit, file, folder, cancellationToken).ConfigureAwait(false) is { } local)
            {
                files.Add(file.Path, local);
                meter.Add(file.Path, local.Size, received: false);
            }
        }

        var wanted = remote.Files.Where(file => !files.ContainsKey(file.Path)).OrderByDescending(file => file.Size).ToArray();
        DiskSpace.ThrowIfShort(folder, wanted.Sum(file => (file.Size ?? 0) - LengthOf(PartialPath(remote.Repository, file))));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limits.ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, parallel, async (file, token) =>
        {
            var download = new FileDownload(hub, retry, limits, meter, remote, file);
            var partial = PartialPath(remote.Repository, file);
            var downloaded = await download.RunAsync(partial, Path.Combine(folder, file.Path), token).ConfigureAwait(false);
            lock (files)
            {
                files.Add(file.Path, downloaded);
            }
        }).ConfigureAwait(false);

        new ModelManifest(remote.Repository, remote.Commit, [.. remote.Files.Select(file => files[file.Path])]).Write(folder);
        meter.Finish();
        Log.DownloadFinished(logger, model.Name, folder, clock.ElapsedMilliseconds);
        return folder;
    }

    /// <summary>Returns a file that an interrupted download left in the model directory, or that is in the Hugging Face cache.</summary>
    private async Task<ManifestFile?> TakeLocalAsync(string commit, RemoteFile file, string folder, CancellationToken cancellationToken)
    {
        // Without a digest, a local file cannot be verified.
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
                return ManifestFile.Create(path, file.Path, hasher.Sha256());
            }
        }

        return await other.TryTakeAsync(commit, file.Digest, folder, file.Path, cancellationToken).ConfigureAwait(false);
    }

    private string PartialPath(string repository, RemoteFile file)
    {
        var name = $"{file.Path.Replace('/', '-')}.{file.Digest?.Hex ?? "unverified"}.incomplete";
        return Path.Combine(cache.IncompleteFolder(repository), name);
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
