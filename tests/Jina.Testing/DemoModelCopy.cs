namespace Jina.Testing;

/// <summary>A copy of the demo model, for tests that need a folder to themselves.</summary>
public static class DemoModelCopy
{
    /// <summary>
    /// Copies the model's own files into a folder, without what the library may have put beside them, and returns its path.
    /// </summary>
    public static string To(TemporaryFolder folder)
    {
        var model = RepositoryFiles.Path("models", "demo-en");
        foreach (var file in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("jina-encoder-", StringComparison.Ordinal)))
        {
            var copy = folder.File(Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder.Path;
    }
}
