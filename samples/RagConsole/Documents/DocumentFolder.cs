namespace RagConsole.Documents;

/// <summary>Reads the Markdown and text files below a folder; hidden ones and links are left out.</summary>
internal static class DocumentFolder
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".md", ".markdown", ".txt" };

    private static readonly EnumerationOptions Recursively = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Reads the files in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Told, in one line each, about files that cannot be read.</param>
    /// <exception cref="IOException">There is no such folder, or no text in it.</exception>
    public static IReadOnlyList<Document> Read(string folder, Action<string> warn)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}. Name one that holds .md, .markdown or .txt files.");
        }

        var documents = Directory.EnumerateFiles(folder, "*", Recursively)
            .Where(path => Extensions.Contains(Path.GetExtension(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => TryRead(path, Path.GetRelativePath(folder, path).Replace('\\', '/'), warn))
            .OfType<Document>()
            .ToList();
        return documents.Exists(document => !string.IsNullOrWhiteSpace(document.Text))
            ? documents
            : throw new FileNotFoundException($"There is no text to read in {folder}; expected .md, .markdown or .txt files.");
    }

    private static Document? TryRead(string path, string file, Action<string> warn)
    {
        try
        {
            // Bytes that are not UTF-8 become U+FFFD; a byte order mark decides otherwise and is left out.
            var text = File.ReadAllText(path);
            if (!text.Contains('\0'))
            {
                return new Document(file, text);
            }

            warn($"Skipped {file}: it is not a text file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"Skipped {file}: {error.Message}");
        }

        return null;
    }
}
