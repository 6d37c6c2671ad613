using Jina.Extensions.AI;
using Jina.Extensions.AI.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Adds a cache of embeddings to a Jina model.</summary>
public static class JinaEmbeddingCacheBuilderExtensions
{
    /// <summary>Adds a distributed cache of vectors, so that each text is embedded only once.</summary>
    /// <param name="builder">The builder of a pipeline with a <see cref="JinaEmbeddingGenerator"/> inside.</param>
    /// <param name="storage">The cache. If <see langword="null"/>, the cache of the container is used.</param>
    /// <param name="entryOptions">The expiration of the entries. If <see langword="null"/>, the default of the cache is used.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// <para>The key of an entry is a hash of everything that its vector depends on: the model and its revision (for a model
    /// directory, its contents), the precision, normalization, the token limit, and the text. Any number of models and machines
    /// can share one cache, and texts cannot be read from it. An entry has 10 bytes plus 4 per dimension: 2058 for 512
    /// dimensions.</para>
    /// <para>Results are the same as those of the model, including <c>Usage</c> and the number of truncated texts. If a text
    /// occurs several times in one request, it is embedded once. If the cache fails, a warning is logged and the vectors are
    /// computed instead.</para>
    /// </remarks>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseJinaEmbeddingCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder,
        IDistributedCache? storage = null,
        DistributedCacheEntryOptions? entryOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CachingGenerator(
            inner,
            storage ?? services.GetRequiredService<IDistributedCache>(),
            entryOptions ?? new DistributedCacheEntryOptions(),
            services.GetService<ILoggerFactory>()));
    }
}
