using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Where downloaded models lie.</summary>
/// <remarks>
/// <c>{root}/models/{org}/{name}/</c> holds <c>{commit}/</c> with real files (ONNX Runtime refuses weights behind links
/// that leave the model's folder), <c>refs/{revision}</c> with the commit that a moving revision was resolved to,
/// <c>incomplete/</c> with what is being fetched, and <c>.lock</c>.
/// </remarks>
internal static class ModelCache
{
    private const string FolderName = "jina-embeddings";

    /// <summary>Returns the absolute cache folder: the option, else the environment's, else the platform's place for caches.</summary>
    public static string Root(string? option) => Root(option, HubEnvironment.Read());

    public static string Root(string? option, HubEnvironment environment)
    {
        var chosen = string.IsNullOrWhiteSpace(option) ? environment.CacheDirectory : option;
        return Path.GetFullPath(chosen ?? PlatformDefault(environment));
    }

    /// <summary>Returns the folder of everything about a repository.</summary>
    public static string RepositoryFolder(string root, string repository) =>
        Path.Combine([root, "models", .. repository.Split('/')]);

    public static string CommitFolder(string root, string repository, string commit) =>
        Path.Combine(RepositoryFolder(root, repository), commit);

    public static string IncompleteFolder(string root, string repository) =>
        Path.Combine(RepositoryFolder(root, repository), "incomplete");

    /// <summary>Not verified: a home that does not exist would come back empty, and the cache would lie wherever the program was started.</summary>
    private static string PlatformDefault(HubEnvironment environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), FolderName);
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Caches", FolderName)
            : Path.Combine(environment.XdgCacheHome ?? Path.Combine(home, ".cache"), FolderName);
    }
}
