using Jina.Extensions.AI.Acquisition.Transfer;

namespace Jina.Extensions.AI;

/// <summary>Represents the options of a <see cref="ModelStore"/>.</summary>
/// <remarks>
/// Proxies follow the platform's rules: HTTPS_PROXY and NO_PROXY, and the system's settings on Windows and macOS.
/// </remarks>
public sealed class ModelStoreOptions
{
    /// <summary>Gets or sets the cache folder.</summary>
    /// <value>
    /// The default, <see langword="null"/>, is the folder in JINA_EMBEDDINGS_CACHE. If that variable is not set, it is the platform's
    /// folder for caches: <c>$XDG_CACHE_HOME/jina-embeddings</c> or <c>~/.cache/jina-embeddings</c> on Linux,
    /// <c>~/Library/Caches/jina-embeddings</c> on macOS, and <c>%LOCALAPPDATA%\jina-embeddings</c> on Windows.
    /// </value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets the address of the hub or of a mirror: an https address, or http on this machine.</summary>
    /// <value>
    /// The default, <see langword="null"/>, is the value of HF_ENDPOINT. If that variable is not set, it is <c>https://huggingface.co</c>.
    /// </value>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the access token. It is sent to <see cref="Endpoint"/> only and never logged.</summary>
    /// <value>
    /// The default, <see langword="null"/>, is the value of HF_TOKEN. If that variable is not set, no token is sent. The published models
    /// do not need one.
    /// </value>
    public string? Token { get; set; }

    /// <summary>Gets or sets a value indicating whether the network is not used.</summary>
    /// <value>
    /// The default, <see langword="null"/>, is the value of HF_HUB_OFFLINE (1, true, yes or on). If that variable is not set, it is false.
    /// </value>
    public bool? Offline { get; set; }

    /// <summary>
    /// Gets or sets the longest time until the hub's first usable response. It includes name resolution, connection and retries. If the
    /// hub cannot be resolved or connected to, the download fails immediately.
    /// </summary>
    /// <value>More than zero, at most one day. The default is 30 seconds. The value does not limit the download that follows.</value>
    public TimeSpan ReachTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the folder with the models of packages.</summary>
    internal string PackagedFolder { get; set; } = Models.PackagedFolder.Root;

    /// <summary>Gets or sets the limits of everything after the first response.</summary>
    internal TransferLimits Limits { get; set; } = new();
}
