namespace Jina.Testing;

/// <summary>
/// Finds programs in their own build output. The copies beside a test lack the assemblies of the test's shared framework.
/// </summary>
public static class BuildOutput
{
    /// <summary>Returns the path of a project's assembly, built in the configuration of the running test.</summary>
    public static string Of(string assembly, params string[] project)
    {
        // bin/{configuration}/{framework}
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine([RepositoryFiles.Root, .. project, "bin", output.Parent!.Name, output.Name, assembly]);
    }
}
