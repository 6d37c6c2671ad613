using Jina.Extensions.AI.Acquisition.Cache;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>The environment variables that acquisition honours; they are read here and nowhere else.</summary>
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

    /// <summary>Gets the cache of Hugging Face's own libraries, which may hold the model already.</summary>
    public required string HuggingFaceCache { get; init; }

    public static HubEnvironment Read() => Read(Environment.GetEnvironmentVariable);

    public static HubEnvironment Read(Func<string, string?> variable)
    {
        string? Get(string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();

        // The XDG specification tells to ignore relative paths.
        var xdg = Get("XDG_CACHE_HOME") is { } path && Path.IsPathRooted(path) ? path : null;
        return new()
        {
            CacheDirectory = Get(CacheVariable),
            XdgCacheHome = xdg,
            Endpoint = Get(EndpointVariable),
            Token = Get(TokenVariable),
            Offline = Get(OfflineVariable)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
            HuggingFaceCache = Get("HF_HUB_CACHE")
                ?? Path.Combine(Get("HF_HOME") ?? Path.Combine(xdg ?? Path.Combine(Home, ".cache"), "huggingface"), "hub"),
        };
    }

    /// <summary>A record would print every member, and one of them is a secret.</summary>
    public override string ToString() => nameof(HubEnvironment);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
}
