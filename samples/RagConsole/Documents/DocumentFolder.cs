using RagConsole.Documents.IgnoreFiles;
using RagConsole.Output;

namespace RagConsole.Documents;

/// <summary>Lists the documents in a folder and its subfolders, without hidden files, links and files that ignore files exclude.</summary>
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
                $"The folder {folder} does not exist. Pass a folder that contains {DocumentFormats.Names}.");
        }

        var root = GetRoot(folder);
        var walk = new DocumentFolder(root, warn);
        walk.Visit(new DirectoryInfo(root), IgnoreRules.ReadRoot(root, warn));
        return new DocumentList(root, [.. walk._entries.OrderBy(entry => entry.File, StringComparer.Ordinal)], walk._unreadable);
    }

    /// <summary>Returns the path that identifies a folder: absolute, and without a separator at the end.</summary>
    public static string GetRoot(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>Lists those of some files that are documents which <see cref="List"/> would list.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    /// <param name="names">The names below the folder, with forward slashes. Files that do not exist are not listed.</param>
    /// <param name="warn">Receives one line for each skipped file with a supported extension.</param>
    public static DocumentList ListFiles(string folder, IEnumerable<string> names, Action<string> warn)
    {
        var walk = new DocumentFolder(folder, warn);
        var rules = new Dictionary<string, IgnoreRules> { [folder] = IgnoreRules.ReadRoot(folder, warn) };
        foreach (var name in names.Where(name => DocumentFormats.Supports(name) && walk.Lists(name, rules)).Order(StringComparer.Ordinal))
        {
            walk.Visit(new FileInfo(Path.Combine(folder, name)));
        }

        return new DocumentList(folder, walk._entries, []);
    }

    /// <summary>Determines whether a change at a path can affect other files: if it is a folder or an ignore file.</summary>
    public static bool AffectsOthers(string path) => IgnoreRules.IsFile(path) || Directory.Exists(path);

    /// <summary>
    /// Determines whether a name below the folder is hidden by its first character. On Windows, names do not hide files. Ignore files
    /// are not hidden from those who look for changes.
    /// </summary>
    public static bool IsHidden(string name) => !OperatingSystem.IsWindows()
        && (IgnoreRules.IsFile(name) ? Path.GetDirectoryName(name)! : name) is var visible
        && (visible.StartsWith('.') || visible.Contains("/.", StringComparison.Ordinal));

    /// <summary>Determines whether a file exists and neither it nor one of its folders is hidden, a link or ignored.</summary>
    /// <param name="name">The name below the root.</param>
    /// <param name="known">The rules of folders that are already known.</param>
    private bool Lists(string name, Dictionary<string, IgnoreRules> known)
    {
        var (path, rules) = (_root, known[_root]);
        foreach (var part in name.Split('/'))
        {
            if (!known.TryGetValue(path, out var own))
            {
                known[path] = own = rules.Enter(path, _warn);
            }

            (rules, path) = (own, Path.Combine(path, part));
            var attributes = new FileInfo(path).Attributes;
            if ((int)attributes == -1
                || (attributes & Listing.AttributesToSkip) != 0
                || rules.Ignore(path, attributes.HasFlag(FileAttributes.Directory)))
            {
                return false;
            }
        }

        return File.Exists(path);
    }

    /// <param name="folder">The folder.</param>
    /// <param name="rules">The rules of its own ignore files and of those above it.</param>
    private void Visit(DirectoryInfo folder, IgnoreRules rules)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", Listing))
            {
                if (entry is DirectoryInfo subfolder)
                {
                    // Git does not look into an ignored folder either, so its files cannot be included again.
                    if (!rules.Ignore(subfolder.FullName, isFolder: true))
                    {
                        Visit(subfolder, rules.Enter(subfolder.FullName, _warn));
                    }
                }
                else if (entry is FileInfo file
                    && DocumentFormats.Supports(file.Name) && !rules.Ignore(file.FullName, isFolder: false))
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
            _entries.Add(new DocumentEntry(_root, GetName(file), file.Length, () => File.ReadAllBytes(file.FullName))
            {
                Modified = file.LastWriteTimeUtc,
            });
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
