namespace RagConsole.Documents;

/// <summary>Lists the documents in a folder and its subfolders, without hidden files and links.</summary>
internal sealed class DocumentFolder
{
    /// <summary>Files are read into memory. A larger text is probably a log or a dump, which does not answer questions.</summary>
    public const long MaxBytes = 64 << 20;

    private static readonly EnumerationOptions Listing = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,

        // If inaccessible subfolders were ignored, their documents would be removed as deleted.
        IgnoreInaccessible = false,
    };

    private readonly string _root;
    private readonly Action<string> _warn;
    private readonly List<DocumentEntry> _entries = [];
    private readonly List<string> _unreadable = [];

    private DocumentFolder(string root, Action<string> warn) => (_root, _warn) = (root, warn);

    /// <summary>Lists the files in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Receives one line for each unreadable subfolder and each skipped file with a supported extension.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static DocumentList List(string folder, Action<string> warn)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The folder {folder} does not exist. Pass a folder that contains {DocumentFormat.Names} files.");
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var walk = new DocumentFolder(root, warn);
        walk.Visit(new DirectoryInfo(root));
        return new DocumentList(root, [.. walk._entries.OrderBy(entry => entry.File, StringComparer.Ordinal)], walk._unreadable);
    }

    private void Visit(DirectoryInfo folder)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", Listing))
            {
                if (entry is DirectoryInfo subfolder)
                {
                    Visit(subfolder);
                }
                else if (entry is FileInfo { Exists: true } file && DocumentFormat.Supports(file.Name))
                {
                    Visit(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _warn($"Skipped the folder {GetName(folder)}: {error.Message}");
            _unreadable.Add(folder.FullName == _root ? "" : $"{GetName(folder)}/");
        }
    }

    private void Visit(FileInfo file)
    {
        // Pipes and devices have a length of 0 too. Opening one would block until a writer appears.
        if (file.Length == 0)
        {
            _warn($"Skipped {GetName(file)}: it is empty or not a regular file.");
        }
        else if (file.Length > MaxBytes)
        {
            _warn($"Skipped {GetName(file)}: it is larger than {MaxBytes >> 20} MB.");
        }
        else
        {
            _entries.Add(new DocumentEntry(_root, GetName(file), file.Length, () => File.ReadAllBytes(file.FullName)));
        }
    }

    private string GetName(FileSystemInfo entry) => Path.GetRelativePath(_root, entry.FullName).Replace('\\', '/');
}
