using System.Text;
using RagConsole.Output;

namespace RagConsole.Documents.IgnoreFiles;

/// <summary>Represents the rules of the ignore files of a folder and of the folders above it.</summary>
/// <remarks>
/// As in Git, the last pattern that matches decides, and patterns of inner folders come after those of outer ones. All patterns of
/// <c>.ragignore</c> files come after those of <c>.gitignore</c> files, so that they can include what Git ignores.
/// </remarks>
internal sealed class IgnoreRules
{
    /// <summary>The largest lists of patterns have some 10 KB.</summary>
    private const long MaxBytes = 1 << 20;

    private static readonly string[] FileNames = [".gitignore", ".ragignore"];

    private readonly IgnoreRules? _outer;
    private readonly string _folder;

    /// <summary>The patterns of each file, last pattern first.</summary>
    private readonly IReadOnlyList<IgnorePattern>[] _patterns;

    private IgnoreRules(IgnoreRules? outer, string folder, IReadOnlyList<IgnorePattern>[] patterns) =>
        (_outer, _folder, _patterns) = (outer, folder, patterns);

    /// <summary>Reads the rules for the root of a list. In a Git repository, the ignore files above it count too.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    /// <param name="warn">Receives one line for each ignore file that cannot be read.</param>
    public static IgnoreRules ReadRoot(string folder, Action<string> warn)
    {
        var above = new Stack<string>();
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            above.Push(current);
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return above.Aggregate((IgnoreRules?)null, (rules, path) => new IgnoreRules(rules, path, ReadFiles(path, warn)))!;
            }
        }

        return new IgnoreRules(null, folder, ReadFiles(folder, warn));
    }

    /// <summary>Determines whether a path has the name of an ignore file.</summary>
    public static bool IsFile(string path) => FileNames.Contains(Path.GetFileName(path));

    /// <summary>Returns the rules for a subfolder.</summary>
    public IgnoreRules Enter(string folder, Action<string> warn) =>
        ReadFiles(folder, warn) is var patterns && patterns.All(list => list.Count == 0) ? this : new IgnoreRules(this, folder, patterns);

    /// <summary>Determines whether a file or a folder is ignored. The folders above it are not.</summary>
    public bool Ignore(string path, bool isFolder)
    {
        for (var file = FileNames.Length - 1; file >= 0; file--)
        {
            for (var rules = this; rules is not null; rules = rules._outer)
            {
                if (rules._patterns[file].Count > 0
                    && Path.GetRelativePath(rules._folder, path).Replace(Path.DirectorySeparatorChar, '/') is var relative
                    && rules._patterns[file].FirstOrDefault(pattern => pattern.Matches(relative, isFolder)) is { } last)
                {
                    return !last.IsNegated;
                }
            }
        }

        return false;
    }

    private static IReadOnlyList<IgnorePattern>[] ReadFiles(string folder, Action<string> warn) =>
        [.. FileNames.Select(name => ReadFile(Path.Combine(folder, name), warn))];

    private static IReadOnlyList<IgnorePattern> ReadFile(string path, Action<string> warn)
    {
        try
        {
            var file = new FileInfo(path);

            // Pipes have a length of 0 too. Git does not follow links of this name.
            if (!file.Exists || file.Length == 0 || file.LinkTarget is not null)
            {
                return [];
            }

            if (file.Length > MaxBytes)
            {
                warn($"Ignored the patterns of {Printable.Name(path)}: it is larger than {MaxBytes >> 20} MB.");
                return [];
            }

            return
            [
                .. File.ReadAllText(path, Encoding.UTF8)
                    .Split('\n')
                    .Select(line => IgnorePattern.Parse(line.EndsWith('\r') ? line[..^1] : line))
                    .OfType<IgnorePattern>()
                    .Reverse(),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"Ignored the patterns of {Printable.Name(path)}: {error.Message}");
            return [];
        }
    }
}
