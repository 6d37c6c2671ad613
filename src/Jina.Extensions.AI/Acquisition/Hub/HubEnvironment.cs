namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents the environment variables that affect downloads. They are read only here.</summary>
/// <remarks>
/// Names and precedence are those of Hugging Face's libraries: <c>constants.py</c> and <c>utils/_auth.py</c> in
/// https://github.com/huggingface/huggingface_hub. An empty variable counts as not set.
/// </remarks>
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

    /// <summary>Gets the file with the token of <c>hf auth login</c>, or <see langword="null"/> if it is not used.</summary>
    public string? TokenFile { get; init; }

    public bool Offline { get; init; }

    /// <summary>Gets the cache folder of Hugging Face's own libraries.</summary>
    public required string HuggingFaceCache { get; init; }

    public static HubEnvironment Read() => Read(Environment.GetEnvironmentVariable);

    public static HubEnvironment Read(Func<string, string?> variable)
    {
        string? Get(string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();
        string? GetPath(string name) => Get(name) is { } path ? EnvironmentPath.Expand(path, variable) : null;
        bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

        // The XDG specification requires that relative paths are ignored.
        var xdg = GetPath("XDG_CACHE_HOME") is { } path && Path.IsPathRooted(path) ? path : null;
        var caches = xdg ?? Path.Combine(EnvironmentPath.Home(variable), ".cache");
        var home = GetPath("HF_HOME") ?? Path.Combine(caches, "huggingface");
        var sendsToken = !IsTrue(Get("HF_HUB_DISABLE_IMPLICIT_TOKEN"));
        return new()
        {
            CacheDirectory = GetPath(CacheVariable),
            XdgCacheHome = xdg,
            Endpoint = Get(EndpointVariable),
            Token = sendsToken ? Get(TokenVariable) ?? Get("HUGGING_FACE_HUB_TOKEN") : null,
            TokenFile = sendsToken ? GetPath("HF_TOKEN_PATH") ?? Path.Combine(home, "token") : null,
            Offline = IsTrue(Get(OfflineVariable) ?? Get("TRANSFORMERS_OFFLINE")),
            HuggingFaceCache = Path.GetFullPath(GetPath("HF_HUB_CACHE") ?? GetPath("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub")),
        };
    }

    /// <summary>A record would print every member, and one of them is a secret.</summary>
    public override string ToString() => nameof(HubEnvironment);
}
