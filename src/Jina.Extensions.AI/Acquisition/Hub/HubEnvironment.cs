namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents the environment variables that affect downloads. They are read only here.</summary>
internal sealed record HubEnvironment
{
    public const string CacheVariable = "JINA_EMBEDDINGS_CACHE";

    public const string EndpointVariable = "HF_ENDPOINT";

    public const string TokenVariable = "HF_TOKEN";

    public const string OfflineVariable = "HF_HUB_OFFLINE";

    public string? CacheDirectory { get; init; }

    public string? XdgCacheHome { get; init; }

    public string? Endpoint { get; init; }

    public string? Token { get; init; }

    public bool Offline { get; init; }

    /// <summary>Gets the cache folder of Hugging Face's own libraries.</summary>
    public required string HuggingFaceCache { get; init; }

    public static HubEnvironment Read() => Read(Environment.GetEnvironmentVariable);

    public static HubEnvironment Read(Func<string, string?> variable)
    {
        string? Get(string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();

        // The XDG specification requires that relative paths are ignored.
        var xdg = Get("XDG_CACHE_HOME") is { } path && Path.IsPathRooted(path) ? path : null;
        return new()
        {
            CacheDirectory = Get(CacheVariable),
            XdgCacheHome = xdg,
            Endpoint = Get(EndpointVariable),
            Token = Get(TokenVariable),
            Offline = Get(OfflineVariable)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
            HuggingFaceCache = Get("HF_HUB_CACHE") ?? Path.Combine(Get("HF_HOME") ?? Path.Combine(Caches(xdg), "huggingface"), "hub"),
        };
    }

    /// <summary>A record would print every member, and one of them is a secret.</summary>
    public override string ToString() => nameof(HubEnvironment);

    private static string Caches(string? xdg) => xdg ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
}
