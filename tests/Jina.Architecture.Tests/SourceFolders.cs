using System.Text.RegularExpressions;
using Jina.Testing;
using Mono.Cecil;

namespace Jina.Architecture.Tests;

/// <summary>Finds the source folder of a type in a package.</summary>
internal sealed partial class SourceFolders
{
    private readonly string _package;
    private readonly Dictionary<string, string> _folders;

    public SourceFolders(string package)
    {
        _package = package;
        var root = RepositoryFiles.Path("src", package);
        _folders = (from file in Sources(root)
                    let text = File.ReadAllText(file)
                    where text.Contains($"namespace {package};", StringComparison.Ordinal)
                    from declaration in Declaration().Matches(text)
                    select (Name: declaration.Groups["name"].Value, Folder: FirstPart(Path.GetRelativePath(root, file))))
            .Distinct()
            .ToDictionary(type => type.Name, type => type.Folder);
    }

    /// <summary>Returns the hand-written C# files below a folder.</summary>
    public static IEnumerable<string> Sources(string root) => Directory
        .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    /// <summary>
    /// Returns the first folder below the package's folder. It is empty for a file in the package's folder itself, and
    /// <see langword="null"/> for a type outside the package's namespaces.
    /// </summary>
    public string? Find(TypeReference type)
    {
        type = type.GetElementType();
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        // Internal namespaces are folders. Public types share the package's namespace, so their declaration has to be found.
        return type.Namespace == _package ? _folders[type.Name.Split('`')[0]]
            : type.Namespace.StartsWith($"{_package}.", StringComparison.Ordinal) ? type.Namespace[(_package.Length + 1)..].Split('.')[0]
            : null;
    }

    private static string FirstPart(string relativePath) =>
        relativePath.Contains(Path.DirectorySeparatorChar) ? relativePath.Split(Path.DirectorySeparatorChar)[0] : string.Empty;

    [GeneratedRegex(
        @"^(public|internal|file)[\w ]*? (class|struct|record( class| struct)?|interface|enum|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
