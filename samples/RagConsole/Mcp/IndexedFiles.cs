using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Mcp;

/// <summary>Finds indexed files by the names that a model gives. Other files cannot be read.</summary>
internal sealed class IndexedFiles(PassageStore store)
{
    private const int MaxSuggestions = 3;
    private const int MaxShown = 200;

    /// <summary>Returns the name of a file for a model: below its folder if there is one folder, otherwise absolute.</summary>
    public static string GetName(string root, string file, bool isOnlyFolder) => isOnlyFolder ? file : GetPath(root, file);

    /// <summary>Returns the absolute path of a file.</summary>
    public static string GetPath(string root, string file) => Path.Combine(root, file.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Returns the record of a file.</summary>
    /// <param name="name">The name below an indexed folder, or an absolute path.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ToolException">The file is not indexed, or several files have the name.</exception>
    public async Task<IngestedFile> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Split('/', '\\').Contains(".."))
        {
            throw new ToolException($"The file {Show(name)} contains '..'. Use the name of a file exactly as 'search' returned it.");
        }

        var folders = await store.ListFoldersAsync(cancellationToken);
        var sources = folders
            .Select(folder => FindSource(folder.Root, name))
            .OfType<string>()
            .ToList();
        if (sources.Count == 0)
        {
            var known = string.Join(", ", folders.Select(folder => Printable.Name(folder.Root)).DefaultIfEmpty("none"));
            throw new ToolException(
                $"The file {Show(name)} is outside the indexed folders, so it cannot be read. The indexed folders are: {known}.");
        }

        var files = await store.Files.GetAsync(sources, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        return files switch
        {
            [var file] => file,
            [] => throw new ToolException($"The file {Show(name)} is not indexed. {await SuggestAsync(name, cancellationToken)}"),
            _ => throw new ToolException(
                $"{files.Count} files have the name {Show(name)}. Use one of: "
                + $"{string.Join(", ", files.Take(MaxSuggestions).Select(file => Printable.Name(GetPath(file.Root, file.File))))}."),
        };
    }

    /// <summary>Returns the path of a file after a check that it is still below its folder.</summary>
    /// <exception cref="ToolException">The file is gone, or it or a folder on its path became a link.</exception>
    public static string Locate(IngestedFile file)
    {
        if (!Path.IsPathFullyQualified(file.Root))
        {
            throw new ToolException($"{Show(file.File)} comes from a data set and is not a file. Use the text that 'search' returns.");
        }

        var path = file.Root;
        foreach (var part in file.File.Split('/'))
        {
            path = Path.Combine(path, part);

            // An ingest does not follow links, so a link appeared later. Its target can be outside the folder.
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new ToolException($"The file {Show(file.File)} is now a link or below one, so it cannot be read.");
            }
        }

        return File.Exists(path)
            ? path
            : throw new ToolException($"The file {Show(file.File)} no longer exists. Search again to find other files.");
    }

    private static string? FindSource(string root, string name)
    {
        if (!Path.IsPathFullyQualified(name))
        {
            return Path.IsPathRooted(name) ? null : DocumentEntry.GetSource(root, name.TrimStart('/'));
        }

        var below = Path.GetRelativePath(root, name).Replace(Path.DirectorySeparatorChar, '/');
        return below == ".." || below.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(below)
            ? null
            : DocumentEntry.GetSource(root, below);
    }

    private async Task<string> SuggestAsync(string name, CancellationToken cancellationToken)
    {
        var files = await store.ListFilesAsync(root: null, cancellationToken);
        var last = name.Split('/', '\\')[^1];
        var similar = files
            .Where(file => file.IsStored && Path.GetFileName(file.File).Equals(last, StringComparison.OrdinalIgnoreCase))
            .Take(MaxSuggestions)
            .Select(file => Printable.Name(file.File))
            .ToList();
        return similar.Count == 0
            ? "Use the name of a file exactly as 'search' returned it."
            : $"Did you mean: {string.Join(", ", similar)}?";
    }

    private static string Show(string name) => $"'{Printable.Name(name.Length <= MaxShown ? name : $"{name[..MaxShown]}...")}'";
}
