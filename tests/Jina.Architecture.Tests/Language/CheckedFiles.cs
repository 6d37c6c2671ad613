namespace Jina.Architecture.Tests.Language;

/// <summary>Finds the files of the repository whose language is checked.</summary>
internal static class CheckedFiles
{
    private static readonly string[] Folders = ["docs", "src", "samples", "tests", "bench", "tools", "models", "deploy", ".ci", ".github"];
    private static readonly string[] Extensions =
        [".md", ".cs", ".csproj", ".props", ".targets", ".html", ".css", ".js", ".mjs", ".sh", ".py", ".yml", ""];

    /// <summary>The documents that a sample searches, and these rules with their examples.</summary>
    private static readonly string[] Skipped = ["samples/RagConsole/corpus/", "tests/Jina.Architecture.Tests/Language/"];

    /// <summary>Returns the paths inside a repository, with slashes.</summary>
    public static IEnumerable<string> Find(string root) => Directory.EnumerateFiles(root, "*", SearchOption.TopDirectoryOnly)
        .Concat(Folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        .Where(file => Extensions.Contains(Path.GetExtension(file)) && Path.GetFileName(file) is not ("LICENSE" or ".git"))
        .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "TestResults"))
        .Where(file => !Skipped.Any(prefix => file.StartsWith(prefix, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);
}
