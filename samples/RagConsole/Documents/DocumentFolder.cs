namespace RagConsole.Documents;

/// <summary>Lists the documents below a folder; hidden files and links are left out.</summary>
internal sealed class DocumentFolder
{
    /// <summary>A file is read whole, and more text than this in one is a log or a dump, nothing to ask questions about.</summary>
    public const long MostBytes = 64 << 20;

    private static readonly EnumerationOptions Listing = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,

        // Passed over in silence, what lies in a folder that may not be read would be taken for deleted.
        IgnoreInaccessible = false,
    };

    private readonly string _root;
    private readonly Action<string> _warn;
    private readonly List<DocumentEntry> _entries = [];
    private readonly List<string> _unreadable = [];

    private DocumentFolder(string root, Action<string> warn) => (_root, _warn) = (root, warn);

    /// <summary>Lists the files in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Told, in one line each, about subfolders that cannot be read, and files that are left out although their names say document.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static DocumentList List(string folder, Action<string> warn)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}. Name one that holds {DocumentFormat.Names} files.");
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
                else if (entry is FileInfo { Exists: true } file && DocumentFormat.Knows(file.Name))
                {
                    Visit(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _warn($"Skipped the folder {NameOf(folder)}: {error.Message}");
            _unreadable.Add(folder.FullName == _root ? "" : $"{NameOf(folder)}/");
        }
    }

    private void Visit(FileInfo file)
    {
        // A pipe or device has no size either, and to open one would be to wait for a writer.
        var fault = file.Length == 0 ? "it is empty, or no ordinary file."
            : file.Length > MostBytes ? $"it has more than {MostBytes >> 20} MB."
            : null;
        if (fault is null)
        {
            _entries.Add(new DocumentEntry(_root, NameOf(file), file.Length, () => File.ReadAllBytes(file.FullName)));
        }
        else
        {
            _warn($"Skipped {NameOf(file)}: {fault}");
        }
    }

    private string NameOf(FileSystemInfo entry) => Path.GetRelativePath(_root, entry.FullName).Replace('\\', '/');
}
