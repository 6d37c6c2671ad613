using Jina.Testing;
using Mono.Cecil;

namespace Jina.Architecture.Tests;

/// <summary>Tells the source folder of a type of a package: one type per file, so the file's name says it.</summary>
internal sealed class SourceFolders
{
    private readonly string _package;
    private readonly Dictionary<string, string> _folders;

    public SourceFolders(string package)
    {
        _package = package;
        var root = RepositoryFiles.Path("src", package);
        _folders = Sources(root)
            .DistinctBy(Path.GetFileNameWithoutExtension)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => FirstPart(Path.GetRelativePath(root, file)));
    }

    /// <summary>The hand-written C# files below a folder.</summary>
    public static IEnumerable<string> Sources(string root) => Directory
        .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    /// <summary>The first folder below the package's, empty for its root, or null for a type from elsewhere.</summary>
    public string? Of(TypeReference type)
    {
        type = type.GetElementType();
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        // Internal namespaces are folders; public types share the package's namespace wherever their file lies.
        return type.Namespace == _package ? _folders.GetValueOrDefault(type.Name.Split('`')[0])
            : type.Namespace.StartsWith($"{_package}.", StringComparison.Ordinal) ? type.Namespace[(_package.Length + 1)..].Split('.')[0]
            : null;
    }

    private static string FirstPart(string relativePath) =>
        relativePath.Contains(Path.DirectorySeparatorChar) ? relativePath.Split(Path.DirectorySeparatorChar)[0] : string.Empty;
}
