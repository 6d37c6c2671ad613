using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Reads the cache of Hugging Face's own libraries: <c>models--org--name/{refs,snapshots,blobs}</c>.</summary>
/// <remarks>
/// Its snapshots are symbolic links to blobs that are named by their ETag, so the name of every blob is its digest. On systems without
/// links, snapshots are plain files without a digest. Those are used only if the hub returns their digest.
/// </remarks>
internal sealed class HuggingFaceCache(string cache, string repository)
{
    /// <summary>The most bytes of the file of a revision. It has a commit of 40 digits.</summary>
    private const int MaximumRevision = 100;

    /// <summary>The most bytes of modules.json, which has a few hundred.</summary>
    private const int MaximumModules = 1 << 20;

    private readonly string _folder = Path.Combine(cache, "models--" + repository.Replace("/", "--", StringComparison.Ordinal));

    /// <summary>Returns the commit that a branch or tag had when that cache last resolved it, or <see langword="null"/>.</summary>
    public string? FindCommit(string revision)
    {
        if (HubName.IsCommit(revision))
        {
            return revision;
        }

        var file = Path.Combine([_folder, "refs", .. revision.Split('/')]);
        return RegularFile.TryReadText(file, MaximumRevision) is { } commit && HubName.IsCommit(commit) ? commit : null;
    }

    /// <summary>Returns the files of a commit, or <see langword="null"/> if the cache can lack files that the repository has.</summary>
    /// <remarks>
    /// Many programs download only a few files, and a missing modules.json would change the vectors without an error. So a file
    /// counts as absent from the repository only if the cache has recorded that (<c>.no_exist</c>), or if modules.json is present
    /// and does not mention it.
    /// </remarks>
    public IReadOnlyList<string>? ListFiles(string commit)
    {
        bool Exists(string path) => RegularFile.Exists(Path.Combine(_folder, "snapshots", commit, path));

        var hasModules = Exists(ModelFileNames.Modules);
        var isComplete = hasModules || File.Exists(Path.Combine(_folder, ".no_exist", commit, ModelFileNames.Modules));
        if (!isComplete || ModelFiles.FindMissing(Exists).Count > 0)
        {
            return null;
        }

        var path = Path.Combine(_folder, "snapshots", commit, ModelFileNames.Modules);
        var modules = hasModules ? RegularFile.TryReadText(path, MaximumModules) ?? "" : "";
        var named = ModelFiles.Small.Where(path =>
            path.Contains('/', StringComparison.Ordinal) && modules.Contains(path.Split('/')[0], StringComparison.Ordinal));
        var hasDenseWeights = !Exists(ModelFiles.DenseConfig) || ModelFiles.DenseWeights.Any(Exists);
        return named.All(Exists) && hasDenseWeights ? [.. ModelFiles.Choose(Exists)] : null;
    }

    /// <summary>
    /// Brings a snapshot into the cache of this library and verifies each file. Returns <see langword="null"/> if a file is damaged or
    /// has no digest.
    /// </summary>
    public async Task<ModelManifest?> TryAdoptAsync(
        string commit, IReadOnlyList<string> paths, string target, CancellationToken cancellationToken)
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

    /// <summary>Brings one file with a digest from the hub into the cache of this library, if it is present and intact.</summary>
    public async Task<ManifestFile?> TryTakeAsync(
        string commit, ContentDigest digest, string target, string path, CancellationToken cancellationToken)
    {
        string[] places = [Path.Combine(_folder, "blobs", digest.Hex), Path.Combine(_folder, "snapshots", commit, path)];
        return places.FirstOrDefault(RegularFile.Exists) is { } file
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
        CacheFile.CreateFolder(Path.GetDirectoryName(file)!);
        HardLink.CreateOrCopy(blob, file);
        return ManifestFile.Create(file, path, hasher.Sha256());
    }
}
