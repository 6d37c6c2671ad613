namespace Jina.Testing;

/// <summary>Copies the demo model for tests that need their own folder.</summary>
public static class DemoModelCopy
{
    /// <summary>
    /// Copies the files of the model, without files that the library created, to a folder and returns its path.
    /// </summary>
    public static string To(TemporaryFolder folder)
    {
        var model = RepositoryFiles.Path("models", "demo-en");
        var files = Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !Path.GetFileName(file).StartsWith("jina-encoder-", StringComparison.Ordinal)))
        {
            var copy = folder.File(Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder.Path;
    }
}
