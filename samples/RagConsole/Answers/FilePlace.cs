using RagConsole.Documents;
using RagConsole.Passages;

namespace RagConsole.Answers;

/// <summary>Describes the places of passages so that terminals and editors can open them.</summary>
/// <remarks>
/// The terminals of Visual Studio Code and JetBrains link <c>path:12-18</c> and open line 12, if the path is relative to the working
/// directory, or absolute.
/// </remarks>
internal static class FilePlace
{
    /// <summary>Returns the path of the file and the lines. Without a file, returns the name of the document.</summary>
    public static string Describe(Passage passage) =>
        passage.DescribePlace(DocumentEntry.FindPath(passage.Source) is { } path ? Shorten(path) : passage.File);

    /// <summary>Returns the path relative to the working directory if the file is there, otherwise the absolute path.</summary>
    private static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? path : relative;
    }
}
