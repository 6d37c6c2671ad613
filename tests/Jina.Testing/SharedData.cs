using Xunit;

namespace Jina.Testing;

/// <summary>
/// Finds real data that cannot be part of the repository. It is in the folder named by JINA_TEST_DATA, or in
/// <c>../shared/data</c> next to the checkout. Tests that need missing data are skipped with a reason.
/// </summary>
public static class SharedData
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("JINA_TEST_DATA") is { Length: > 0 } named
            ? named
            : System.IO.Path.Combine(RepositoryFiles.Root, "..", "shared", "data");

    /// <summary>Returns the path of a file or folder of the data, or skips the calling test.</summary>
    public static string RequirePath(params string[] parts)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([Folder, .. parts]));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"Needs {path} (set JINA_TEST_DATA to the folder of the data).");
        return path;
    }
}
