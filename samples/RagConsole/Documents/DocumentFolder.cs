using RagConsole.Output;

namespace RagConsole.Documents;

/// <summary>Lists the documents in a folder and its subfolders, without hidden files and links.</summary>
internal sealed class DocumentFolder
{
    /// <summary>Files are read into memory. A larger text is probably a log or a dump, which does not answer questions.</summary>
    public const long MaxBytes = 64 << 20;

    private const string NotUtf8 = "its name is not valid UTF-8, so it cannot be opened. Rename it.";

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
    private readonly HashSet<string> _replacements = [];

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
                else if (entry is FileInfo file && DocumentFormat.Supports(file.Name))
                {
                    Visit(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var fault = IsUndecodable(folder.FullName, folder.Exists) ? NotUtf8 : error.Message;
            _warn($"Skipped the folder {Printable.Name(GetName(folder))}: {fault}");
            _unreadable.Add(folder.FullName == _root ? "" : $"{GetName(folder)}/");
        }
    }

    private void Visit(FileInfo file)
    {
        if (FindFault(file) is { } fault)
        {
            _warn($"Skipped {Printable.Name(GetName(file))}: {fault}");
        }
        else
        {
            _entries.Add(new DocumentEntry(_root, GetName(file), file.Length, () => File.ReadAllBytes(file.FullName)));
        }
    }

    /// <summary>Returns why a file cannot be ingested, or null.</summary>
    private string? FindFault(FileInfo file) => file switch
    {
        _ when IsUndecodable(file.FullName, file.Exists) => NotUtf8,
        { Exists: false } => "it no longer exists.",

        // Pipes and devices have a length of 0 too. Opening one would block until a writer appears.
        { Length: 0 } => "it is empty or not a regular file.",
        { Length: > MaxBytes } => $"it is larger than {MaxBytes >> 20} MB.",
        _ => null,
    };

    /// <summary>Determines whether the bytes of a path are not UTF-8.</summary>
    /// <remarks>
    /// .NET shows such bytes as U+FFFD and can then not open the file. Two files can have the same path here, of which at most
    /// one really contains U+FFFD.
    /// </remarks>
    private bool IsUndecodable(string path, bool exists) => path.Contains('\ufffd') && !(exists && _replacements.Add(path));

    /// <summary>Returns the path below the root with forward slashes. On Linux, a backslash is part of a name.</summary>
    private string GetName(FileSystemInfo entry) =>
        Path.GetRelativePath(_root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
