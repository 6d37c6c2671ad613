using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Reads the cache of Hugging Face's own libraries: <c>models--org--name/{refs,snapshots,blobs}</c>.</summary>
/// <remarks>
/// Its snapshots are symlinks to blobs that are named by their ETag, so every blob carries its own digest. Where links
/// are not possible they are plain files that nothing vouches for; those count only where the hub tells their digest.
/// </remarks>
internal sealed class HuggingFaceCache(string cache, string repository)
{
    private readonly string _folder = Path.Combine(cache, "models--" + repository.Replace("/", "--", StringComparison.Ordinal));

    /// <summary>Returns the commit that a branch or tag had when that cache last saw it, or null.</summary>
    public string? CommitOf(string revision)
    {
        if (HubName.IsCommit(revision))
        {
            return revision;
        }

        var file = Path.Combine([_folder, "refs", .. revision.Split('/')]);
        return File.Exists(file) && File.ReadAllText(file).Trim() is var commit && HubName.IsCommit(commit) ? commit : null;
    }

    /// <summary>Lists the files of a commit, or returns null where the cache may lack some of what the repository has.</summary>
    /// <remarks>
    /// Many programs fetch only a few files. A missing modules.json would silently change the vectors, so a file
    /// counts as absent from the repository only where the cache says so (<c>.no_exist</c>), or where modules.json,
    /// being there, does not speak of it.
    /// </remarks>
    public IReadOnlyList<string>? FilesOf(string commit)
    {
        bool Exists(string path) => File.Exists(Path.Combine(_folder, "snapshots", commit, path));
        bool IsKnownAbsent(string path) => File.Exists(Path.Combine(_folder, ".no_exist", commit, path));

        if (ModelFiles.MissingFrom(Exists).Count > 0 || !(Exists("modules.json") || IsKnownAbsent("modules.json")))
        {
            return null;
        }

        var modules = Exists("modules.json") ? File.ReadAllText(Path.Combine(_folder, "snapshots", commit, "modules.json")) : "";
        var named = ModelFiles.Small.Select(file => file.Path)
            .Where(path => path.Contains('/', StringComparison.Ordinal) && modules.Contains(path.Split('/')[0], StringComparison.Ordinal));
        var hasDense = !Exists("2_Dense/config.json") || ModelFiles.DenseWeights.Any(Exists);
        return named.All(Exists) && hasDense ? [.. ModelFiles.ChosenFrom(Exists)] : null;
    }

    /// <summary>Brings a snapshot into our cache, verified file by file; null where one of them is damaged or has no digest.</summary>
    public async Task<ModelManifest?> TryAdoptAsync(string commit, IReadOnlyList<string> paths, string target, CancellationToken cancellationToken)
    {
        var files = new List<ManifestFile>();
        foreach (var path in paths)
        {
            var blob = File.ResolveLinkTarget(Path.Combine(_folder, "snapshots", commit, path), returnFinalTarget: true)?.FullName;
            if (blob is null
                || ContentDigest.FromETag(Path.GetFileName(blob)) is not { } digest
                || await TakeIfIntactAsync(blob, digest, target, path, cancellationToken).ConfigureAwait(false) is not { } file)
            {
                return null;
            }

            files.Add(file);
        }

        return new(repository, commit, files);
    }

    /// <summary>Brings one file whose digest the hub told into our cache, if it is here and intact.</summary>
    public async Task<ManifestFile?> TryTakeAsync(string commit, ContentDigest digest, string target, string path, CancellationToken cancellationToken)
    {
        string[] places = [Path.Combine(_folder, "blobs", digest.Hex), Path.Combine(_folder, "snapshots", commit, path)];
        return places.FirstOrDefault(File.Exists) is { } file
            ? await TakeIfIntactAsync(file, digest, target, path, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static async Task<ManifestFile?> TakeIfIntactAsync(
        string blob, ContentDigest digest, string target, string path, CancellationToken cancellationToken)
    {
        using var hasher = await ContentHasher.ReadAsync(blob, digest, cancellationToken).ConfigureAwait(false);
        if (!hasher.Matches())
        {
            return null;
        }

        var file = Path.Combine(target, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        HardLink.CreateOrCopy(blob, file);
        return ManifestFile.Of(file, path, hasher.Sha256());
    }
}
