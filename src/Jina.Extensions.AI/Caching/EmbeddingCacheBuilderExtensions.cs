using Jina.Extensions.AI;
using Jina.Extensions.AI.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Adds a cache of embeddings to a Jina model.</summary>
public static class EmbeddingCacheBuilderExtensions
{
    /// <summary>Keeps vectors in a distributed cache, so that a text is embedded once.</summary>
    /// <param name="builder">The builder of a Jina model.</param>
    /// <param name="storage">The cache; null for the container's.</param>
    /// <param name="entryOptions">How long an entry lives; null for the cache's default.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// <para>An entry is named by a hash of everything that its vector depends on: the model and its revision (of a folder,
    /// its content), precision, normalisation, the limit in tokens, and the text. One cache serves any number of models and
    /// machines, and no text can be read from it. It holds 10 bytes and 4 per dimension: 2058 for 512 dimensions.</para>
    /// <para>A result is what the model would have given, Usage and the count of cut texts included. Within a call, a text
    /// that occurs several times is embedded once. Where the cache fails, a warning is logged and vectors are computed.</para>
    /// </remarks>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseEmbeddingCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, IDistributedCache? storage = null, DistributedCacheEntryOptions? entryOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CachingGenerator(
            inner,
            storage ?? services.GetRequiredService<IDistributedCache>(),
            entryOptions ?? new DistributedCacheEntryOptions(),
            services.GetService<ILoggerFactory>()));
    }
}
