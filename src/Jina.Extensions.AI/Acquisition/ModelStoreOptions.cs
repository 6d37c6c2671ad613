namespace Jina.Extensions.AI;

/// <summary>How a <see cref="ModelStore"/> works.</summary>
public sealed class ModelStoreOptions
{
    /// <summary>Gets or sets the cache folder.</summary>
    /// <value>
    /// The default, null, is the folder named by JINA_EMBEDDINGS_CACHE or, without one, the platform's place for
    /// caches: <c>$XDG_CACHE_HOME/jina-embeddings</c> or <c>~/.cache/jina-embeddings</c> on Linux,
    /// <c>~/Library/Caches/jina-embeddings</c> on macOS, <c>%LOCALAPPDATA%\jina-embeddings</c> on Windows.
    /// </value>
    public string? CacheDirectory { get; set; }
}
