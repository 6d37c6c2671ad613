namespace RagConsole.Documents;

/// <summary>Lists the documents below a folder; hidden and empty files, links, pipes and devices are left out.</summary>
internal static class DocumentFolder
{
    /// <summary>A file is read whole, and more text than this in one is a log or a dump, nothing to ask questions about.</summary>
    public const long MostBytes = 64 << 20;

    private static readonly EnumerationOptions Recursively = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Lists the files in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Told, in one line each, about files that are left out although their names say document.</param>
    /// <exception cref="IOException">There is no such folder, or no document in it.</exception>
    public static IReadOnlyList<DocumentEntry> List(string folder, Action<string> warn)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}. Name one that holds {DocumentFormat.Names} files.");
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var documents = new DirectoryInfo(root).EnumerateFiles("*", Recursively)
            .Where(file => DocumentFormat.Knows(file.Name))

            // An empty file has nothing to say. Nor may a pipe or device be opened, which would wait for a writer: their size is 0, too.
            .Where(file => file.Length > 0)
            .Select(file => (Info: file, Name: Path.GetRelativePath(root, file.FullName).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Where(file => IsSmallEnough(file.Info, file.Name, warn))
            .Select(file => new DocumentEntry(root, file.Name, file.Info.Length, () => File.ReadAllBytes(file.Info.FullName)))
            .ToList();
        return documents.Count > 0
            ? documents
            : throw new FileNotFoundException($"There is no text to read in {folder}; expected {DocumentFormat.Names} files.");
    }

    private static bool IsSmallEnough(FileInfo file, string name, Action<string> warn)
    {
        if (file.Length > MostBytes)
        {
            warn($"Skipped {name}: it has more than {MostBytes >> 20} MB.");
        }

        return file.Length <= MostBytes;
    }
}
