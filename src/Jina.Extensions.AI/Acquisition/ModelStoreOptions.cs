using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Transfer;

namespace Jina.Extensions.AI;

/// <summary>How a <see cref="ModelStore"/> works.</summary>
/// <remarks>
/// Proxies follow the platform's rules: HTTPS_PROXY and NO_PROXY, and the system's settings on Windows and macOS.
/// </remarks>
public sealed class ModelStoreOptions
{
    /// <summary>Gets or sets the cache folder.</summary>
    /// <value>
    /// The default, null, is the folder named by JINA_EMBEDDINGS_CACHE or, without one, the platform's place for
    /// caches: <c>$XDG_CACHE_HOME/jina-embeddings</c> or <c>~/.cache/jina-embeddings</c> on Linux,
    /// <c>~/Library/Caches/jina-embeddings</c> on macOS, <c>%LOCALAPPDATA%\jina-embeddings</c> on Windows.
    /// </value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets the hub, or a mirror of it: an https address, or http on this machine.</summary>
    /// <value>The default, null, is HF_ENDPOINT or, without one, <c>https://huggingface.co</c>.</value>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the access token; it is sent to <see cref="Endpoint"/> alone and never logged.</summary>
    /// <value>The default, null, is HF_TOKEN or, without one, no token: the catalogue's models need none.</value>
    public string? Token { get; set; }

    /// <summary>Gets or sets whether the network is left alone.</summary>
    /// <value>The default, null, is what HF_HUB_OFFLINE says (1, true, yes or on), else false.</value>
    public bool? Offline { get; set; }

    /// <summary>
    /// Gets or sets how long the hub may take to its first good answer, name resolution, connection and retries
    /// included. A hub that cannot be resolved or connected to is given up at once.
    /// </summary>
    /// <value>More than zero, at most a day; the default is 30 seconds. It does not limit the download that follows.</value>
    public TimeSpan ReachTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the patience of everything after the first answer.</summary>
    internal TransferLimits Limits { get; set; } = new();
}
