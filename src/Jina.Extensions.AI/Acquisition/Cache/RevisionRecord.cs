using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Remembers which commit a revision was resolved to, so that it means the same tomorrow and offline.</summary>
internal static class RevisionRecord
{
    /// <summary>Returns the commit of a revision: itself where it is one, else what was recorded, else null.</summary>
    public static string? CommitOf(string root, string repository, string revision)
    {
        if (HubName.IsCommit(revision))
        {
            return revision;
        }

        var file = FileOf(root, repository, revision);
        return File.Exists(file) && File.ReadAllText(file).Trim() is var commit && HubName.IsCommit(commit) ? commit : null;
    }

    /// <summary>
    /// Records the commit; a commit that the caller chose is recorded as well, which keeps it from being pruned. The
    /// catalogue's own pins are not: a later catalogue lets go of them.
    /// </summary>
    public static void Write(string root, string repository, string revision, string commit)
    {
        if (revision == ModelCatalogue.Find(repository)?.Revision && HubName.IsCommit(revision))
        {
            return;
        }

        var file = FileOf(root, repository, revision);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, temporary => File.WriteAllText(temporary, commit + "\n"));
    }

    /// <summary>Returns the commits that revisions of a repository were resolved to.</summary>
    public static IReadOnlyList<string> Commits(string repositoryFolder)
    {
        var folder = Path.Combine(repositoryFolder, "refs");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Select(file => File.ReadAllText(file).Trim())]
            : [];
    }

    /// <summary>A branch may have slashes; escaped, every revision is one file.</summary>
    private static string FileOf(string root, string repository, string revision) =>
        Path.Combine(ModelCache.RepositoryFolder(root, repository), "refs", Uri.EscapeDataString(revision));
}
