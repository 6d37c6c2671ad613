using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Lists and clears what the cache holds.</summary>
internal static class CacheInventory
{
    private const string GraphsFolder = GeneratedFiles.FolderName;

    public static IReadOnlyList<CachedModel> List(string root) =>
        [.. Repositories(root).SelectMany(repository => List(root, repository)), .. Graphs(root)];

    /// <summary>Removes what no name leads to, and what is not complete, save where a download is under way or a file in use.</summary>
    public static IReadOnlyList<CachedModel> Prune(string root)
    {
        var removed = new List<CachedModel>();
        foreach (var repository in Repositories(root))
        {
            using var held = RepositoryLock.TryAcquire(ModelCache.RepositoryFolder(root, repository));
            if (held is null)
            {
                continue;
            }

            foreach (var model in List(root, repository).Where(model => !model.IsComplete || !model.IsNeeded))
            {
                // The record first: a removal that breaks off must not leave what looks complete.
                File.Delete(Path.Combine(model.DirectoryPath, ModelManifest.FileName));
                Directory.Delete(model.DirectoryPath, recursive: true);
                removed.Add(model);
            }
        }

        removed.AddRange(Graphs(root).Where(TryDelete));
        return removed;
    }

    /// <summary>Lists what was made for models in read-only folders; nothing tells whether those models are still there.</summary>
    private static IEnumerable<CachedModel> Graphs(string root) =>
        from folder in Folders(Path.Combine(root, GraphsFolder)).Order(StringComparer.Ordinal)
        select new CachedModel(GraphsFolder, null, folder, Size(folder)) { IsComplete = true };

    /// <summary>A graph that is loaded cannot be removed on Windows; elsewhere its user keeps what it has opened.</summary>
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

    private static IEnumerable<string> Repositories(string root) =>
        from organisation in Folders(Path.Combine(root, "models"))
        from repository in Folders(organisation)
        let name = $"{Path.GetFileName(organisation)}/{Path.GetFileName(repository)}"
        where HubName.IsRepository(name)
        orderby name
        select name;

    private static IEnumerable<CachedModel> List(string root, string repository)
    {
        var incomplete = ModelCache.IncompleteFolder(root, repository);
        if (Size(incomplete) is > 0 and var parts)
        {
            yield return new(repository, null, incomplete, parts);
        }

        var repositoryFolder = ModelCache.RepositoryFolder(root, repository);
        var needed = RevisionRecord.Commits(repositoryFolder).Append(ModelCatalogue.Find(repository)?.Revision ?? "").ToHashSet();
        foreach (var folder in Folders(repositoryFolder).Where(folder => HubName.IsCommit(Path.GetFileName(folder))))
        {
            var commit = Path.GetFileName(folder);
            var isComplete = ModelManifest.TryRead(folder)?.MissingFiles(folder).Count == 0;
            yield return new(repository, commit, folder, Size(folder)) { IsComplete = isComplete, IsNeeded = needed.Contains(commit) };
        }
    }

    private static string[] Folders(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    private static long Size(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
}
