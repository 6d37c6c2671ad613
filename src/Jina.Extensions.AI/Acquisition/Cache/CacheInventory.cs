using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Lists and prunes the contents of the cache.</summary>
internal sealed class CacheInventory(ModelCache cache)
{
    /// <summary>Links are not followed, because they can lead out of the cache or back into it.</summary>
    private static readonly EnumerationOptions OwnFiles =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public IReadOnlyList<CachedModel> List() => [.. cache.ListRepositories().SelectMany(List), .. ListGraphs()];

    /// <summary>
    /// Removes incomplete entries, and commits that are not needed. Repositories with a running download, and files in use, are skipped.
    /// </summary>
    public IReadOnlyList<CachedModel> Prune()
    {
        var removed = new List<CachedModel>();
        foreach (var repository in cache.ListRepositories())
        {
            using var held = RepositoryLock.TryAcquire(cache.RepositoryFolder(repository));
            if (held is null)
            {
                continue;
            }

            foreach (var model in List(repository).Where(model => !model.IsComplete || !model.IsNeeded))
            {
                // The manifest is deleted first, so that an interrupted removal does not look like a complete model.
                if (new DirectoryInfo(model.DirectoryPath).LinkTarget is null)
                {
                    File.Delete(Path.Combine(model.DirectoryPath, ModelManifest.FileName));
                }

                Directory.Delete(model.DirectoryPath, recursive: true);
                removed.Add(model);
            }
        }

        removed.AddRange(ListGraphs().Where(TryDelete));
        return removed;
    }

    /// <summary>
    /// Lists the files that were generated for models in read-only directories. Whether those models still exist is not known.
    /// </summary>
    private IEnumerable<CachedModel> ListGraphs() =>
        from folder in ModelCache.Folders(cache.GeneratedFolder).Order(StringComparer.Ordinal)
        select new CachedModel(ModelFileNames.GeneratedFolder, null, folder, SizeOf(folder)) { IsComplete = true };

    /// <summary>A loaded graph cannot be deleted on Windows. On other systems, a process keeps the files that it has open.</summary>
    private static bool TryDelete(CachedModel model)
    {
        try
        {
            Directory.Delete(model.DirectoryPath, recursive: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<CachedModel> List(string repository)
    {
        var incomplete = cache.IncompleteFolder(repository);
        if (SizeOf(incomplete) is > 0 and var parts)
        {
            yield return new(repository, null, incomplete, parts);
        }

        var needed = cache.ListRecordedCommits(repository).Append(ModelCatalog.Find(repository)?.Revision ?? "").ToHashSet();
        foreach (var folder in ModelCache.Folders(cache.RepositoryFolder(repository)))
        {
            var commit = Path.GetFileName(folder);
            if (HubName.IsCommit(commit))
            {
                var isComplete = ModelManifest.TryRead(folder)?.FindMissing(folder).Count == 0;
                yield return new(repository, commit, folder, SizeOf(folder))
                {
                    IsComplete = isComplete,
                    IsNeeded = needed.Contains(commit),
                };
            }
        }
    }

    private static long SizeOf(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", OwnFiles).Sum(file => file.Length) : 0;
}
