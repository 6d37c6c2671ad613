namespace Jina.Testing;

/// <summary>Finds files of the repository from the output folder of a test.</summary>
public static class RepositoryFiles
{
    /// <summary>Gets the folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Joins path parts below <see cref="Root"/>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "JinaAI.Connectors.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"JinaAI.Connectors.sln was not found in a parent folder of {AppContext.BaseDirectory}.");
    }
}
