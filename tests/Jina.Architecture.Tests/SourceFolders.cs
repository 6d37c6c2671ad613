using System.Text.RegularExpressions;
using Jina.Testing;
using Mono.Cecil;

namespace Jina.Architecture.Tests;

/// <summary>Finds the source folder of a type in a package, as a path inside the package with forward slashes.</summary>
internal sealed partial class SourceFolders
{
    private readonly string _package;
    private readonly HashSet<string> _folders;
    private readonly Dictionary<string, string> _publicTypes;

    public SourceFolders(string package)
    {
        _package = package;
        var root = RepositoryFiles.Path("src", package);
        var files = Sources(root)
            .Select(file => (Text: File.ReadAllText(file), Folder: FolderOf(Path.GetRelativePath(root, file).Replace('\\', '/'))))
            .ToArray();
        _folders = [.. files.Select(file => file.Folder)];
        _publicTypes = (from file in files
                        where file.Text.Contains($"namespace {package};", StringComparison.Ordinal)
                        from declaration in Declaration().Matches(file.Text)
                        select (Name: declaration.Groups["name"].Value, file.Folder))
            .Distinct()
            .ToDictionary(type => type.Name, type => type.Folder);
    }

    /// <summary>Gets all folders that contain source files. The package's own folder is the empty string.</summary>
    public IReadOnlyCollection<string> All => _folders;

    /// <summary>Returns the hand-written C# files below a folder.</summary>
    public static IEnumerable<string> Sources(string root) => Directory
        .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    /// <summary>
    /// Returns the folder of a type. It is empty for a file in the package's folder itself, and <see langword="null"/> for a type
    /// outside the package's namespaces.
    /// </summary>
    public string? Find(TypeReference type)
    {
        type = type.GetElementType();
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        // Internal namespaces are folders. Public types share the package's namespace, so their declaration has to be found.
        if (type.Namespace == _package)
        {
            return _publicTypes[type.Name.Split('`')[0]];
        }

        return type.Namespace.StartsWith($"{_package}.", StringComparison.Ordinal)
            ? NearestFolder(type.Namespace[(_package.Length + 1)..].Replace('.', '/'))
            : null;
    }

    /// <summary>Generated code can have a namespace below its folder.</summary>
    private string NearestFolder(string path)
    {
        while (path.Length > 0 && !_folders.Contains(path))
        {
            path = FolderOf(path);
        }

        return path;
    }

    private static string FolderOf(string path) =>
        path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : string.Empty;

    [GeneratedRegex(
        @"^(public|internal|file)[\w ]*? (class|struct|record( class| struct)?|interface|enum|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
