using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Updating;

/// <summary>Finds the documents at paths that changed, without a scan of their folder.</summary>
internal sealed class TouchedFiles(PassageStore store, Ingester ingester)
{
    /// <summary>Returns the work for the paths, or null if the whole folder must be scanned.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="paths">The absolute paths in the folder.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IngestPlan?> PlanAsync(FolderCollection folder, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var root = folder.Root;
        var names = paths
            .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .ToHashSet();
        if (names.Any(name => name == "." || (!DocumentFolder.IsHidden(name) && DocumentFolder.AffectsOthers(Path.Combine(root, name)))))
        {
            return null;
        }

        names.RemoveWhere(DocumentFolder.IsHidden);
        var notListed = new List<string>();
        var documents = DocumentFolder.ListFiles(root, names, notListed.Add);
        if (notListed.Count > 0 || names.Any(name => folder.NotListed.Contains(Printable.Name(name), StringComparison.Ordinal)))
        {
            // A scan updates the list of the files that are not ingested.
            return null;
        }

        var sources = names.Select(name => DocumentEntry.GetSource(root, name)).ToHashSet();
        if (await HasFilesBelowAsync(root, sources, cancellationToken))
        {
            return null;
        }

        var known = await store.Files
            .GetAsync(sources, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        var plan = ingester.Plan(documents, known);

        // A folder that cannot be read hides its files, which is not the same as their deletion.
        return plan.Deleted.Any(file => !IsParentReadable(root, file.File)) ? null : plan;
    }

    /// <summary>Determines whether one of the paths was a folder with documents.</summary>
    private async Task<bool> HasFilesBelowAsync(string root, HashSet<string> sources, CancellationToken cancellationToken)
    {
        var below = new FilesBelow(sources);
        return await store.Files
            .GetAsync(file => file.Root == root && below.Contains(file.Source), top: 1, cancellationToken: cancellationToken)
            .AnyAsync(cancellationToken);
    }

    private static bool IsParentReadable(string root, string file)
    {
        try
        {
            var parent = Path.GetDirectoryName(Path.Combine(root, file))!;
            while (!Directory.Exists(parent) && parent.Length > root.Length)
            {
                parent = Path.GetDirectoryName(parent)!;
            }

            using var entries = Directory.EnumerateFileSystemEntries(parent).GetEnumerator();
            entries.MoveNext();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Represents the documents below some folders.</summary>
    private sealed class FilesBelow(HashSet<string> folders)
    {
        public bool Contains(string source)
        {
            for (var end = source.LastIndexOf('/'); end > 0; end = source.LastIndexOf('/', end - 1))
            {
                if (folders.Contains(source[..end]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
