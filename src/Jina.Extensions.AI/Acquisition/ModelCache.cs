namespace Jina.Extensions.AI.Acquisition;

/// <summary>Where downloaded models lie: <c>{root}/models/{org}/{name}/{commit}</c>, real files only.</summary>
internal static class ModelCache
{
    public const string Variable = "JINA_EMBEDDINGS_CACHE";

    private const string FolderName = "jina-embeddings";

    /// <summary>Returns the absolute cache folder: the option, else the environment's, else the platform's place for caches.</summary>
    public static string Root(string? option) => Root(option, Environment.GetEnvironmentVariable);

    public static string Root(string? option, Func<string, string?> environment)
    {
        var chosen = NotBlank(option) ?? NotBlank(environment(Variable));
        return Path.GetFullPath(chosen ?? PlatformDefault(environment));
    }

    /// <summary>Returns the folder of all commits of a repository.</summary>
    public static string RepositoryFolder(string root, string repository) =>
        Path.Combine([root, "models", .. repository.Split('/')]);

    private static string PlatformDefault(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), FolderName);
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches", FolderName);
        }

        // The XDG specification tells to ignore relative paths.
        return NotBlank(environment("XDG_CACHE_HOME")) is { } xdg && Path.IsPathRooted(xdg)
            ? Path.Combine(xdg, FolderName)
            : Path.Combine(home, ".cache", FolderName);
    }

    private static string? NotBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
