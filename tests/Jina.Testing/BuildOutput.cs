namespace Jina.Testing;

/// <summary>
/// Finds programs in their own build output. Their copies beside a test lack what the test's shared framework brings.
/// </summary>
public static class BuildOutput
{
    /// <summary>The path of a project's assembly, built in the configuration of the running test.</summary>
    public static string Of(string assembly, params string[] project)
    {
        // bin/{configuration}/{framework}
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine([RepositoryFiles.Root, .. project, "bin", output.Parent!.Name, output.Name, assembly]);
    }
}
