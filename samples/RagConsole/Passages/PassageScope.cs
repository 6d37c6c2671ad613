using System.Linq.Expressions;
using Microsoft.Extensions.FileSystemGlobbing;

namespace RagConsole.Passages;

/// <summary>Represents the part of a database to search.</summary>
/// <param name="Roots">The folders. If empty, all folders are searched.</param>
/// <param name="Path">
/// The pattern of the names of files below their folder, such as <c>docs/**/*.md</c>, or a folder. A pattern without a slash is for
/// names in all subfolders. Upper and lower case are the same. If null, all files are searched.
/// </param>
internal sealed record PassageScope(IReadOnlyList<string> Roots, string? Path = null)
{
    /// <summary>Gets the scope of a whole database.</summary>
    public static PassageScope All { get; } = new([]);

    /// <summary>Gets a value that indicates whether everything is searched.</summary>
    public bool IsAll => Roots.Count == 0 && Path is null;

    /// <summary>Returns the filter of the passages in the scope, or null for all passages.</summary>
    /// <param name="files">The documents that are in the scope. They are only needed for a path.</param>
    public Expression<Func<Passage, bool>>? CreateFilter(IEnumerable<IngestedFile> files)
    {
        if (IsAll)
        {
            return null;
        }

        if (Path is null)
        {
            var roots = Roots.ToArray();
            return passage => roots.Contains(passage.Root);
        }

        var sources = files.Select(file => file.Source).ToArray();
        return passage => sources.Contains(passage.Source);
    }

    /// <summary>Returns the documents that are in the scope.</summary>
    public IEnumerable<IngestedFile> Filter(IEnumerable<IngestedFile> files)
    {
        var inRoots = files.Where(file => Roots.Count == 0 || Roots.Contains(file.Root));
        if (Path is null)
        {
            return inRoots;
        }

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        var pattern = Path.Trim('/');
        pattern = pattern.Contains('/', StringComparison.Ordinal) ? pattern : $"**/{pattern}";
        matcher.AddInclude(pattern).AddInclude($"{pattern}/**");
        return inRoots
            .GroupBy(file => file.Root)
            .SelectMany(root =>
            {
                var names = root.ToLookup(file => file.File);
                return matcher.Match(names.Select(name => name.Key)).Files.SelectMany(match => names[match.Path]);
            });
    }
}
