using System.Collections.Concurrent;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI.Caching;

/// <summary>Takes the vectors of texts that were embedded before from a cache, and embeds the others. Safe for concurrent use.</summary>
/// <remarks>A cache that fails is a slow day and no outage: what it does not give is computed.</remarks>
internal sealed class CachingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The requests to the cache that are under way at once, of one call.</summary>
    private const int Parallel = 32;

    private readonly JinaEmbeddingGenerator _generator;
    private readonly IDistributedCache _cache;
    private readonly DistributedCacheEntryOptions _entryOptions;
    private readonly ILogger _logger;

    /// <exception cref="InvalidOperationException">The inner generator is not, and does not wrap, a <see cref="JinaEmbeddingGenerator"/>.</exception>
    public CachingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, IDistributedCache cache, DistributedCacheEntryOptions entryOptions, ILoggerFactory? loggerFactory)
        : base(inner)
    {
        _generator = inner.GetService<JinaEmbeddingGenerator>() ?? throw new InvalidOperationException(
            "This cache is keyed by what a Jina model's vectors depend on; expected a JinaEmbeddingGenerator inside. Take UseDistributedCache for other generators.");
        _cache = cache;
        _entryOptions = entryOptions;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
    }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        var requested = await _generator.ReadAsync(options, cancellationToken).ConfigureAwait(false);
        if (texts.Contains(null))
        {
            // Which throws, and says which one it was.
            return await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        var key = new CacheKey(await _generator.GetIdentityAsync(cancellationToken).ConfigureAwait(false), _generator.Options, requested.Normalize);
        var keys = texts.Distinct().ToDictionary(text => text, key.Of);
        var found = await ReadAsync(keys, cancellationToken).ConfigureAwait(false);
        string[] missing = [.. keys.Keys.Where(text => !found.ContainsKey(text))];
        _generator.Metrics.CacheAsked(found.Count, missing.Length);
        var tokenizer = missing.Length == 0 ? null : await _generator.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        T5Encoding[] encodings = [.. missing.Select(text => tokenizer!.Encode(text))];
        if (requested.Truncation == TruncationPolicy.Throw && (encodings.Any(encoding => encoding.Truncated) || found.Values.Any(vector => vector.Truncated)))
        {
            return await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        var embeddings = missing.Length == 0 ? [] : await base.GenerateAsync(missing, options, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < missing.Length; i++)
        {
            found[missing[i]] = new CachedVector(embeddings[i].Vector, encodings[i].Ids.Count, encodings[i].Truncated);
        }

        await WriteAsync(missing.Select(text => (keys[text], found[text])), cancellationToken).ConfigureAwait(false);
        return Result([.. texts.Select(text => found[text])]);
    }

    private GeneratedEmbeddings<Embedding<float>> Result(IReadOnlyList<CachedVector> vectors) => JinaEmbeddingGenerator.Count(
        [.. _generator.ToEmbeddings(vectors.Select(vector => vector.Vector))],
        vectors.Sum(vector => (long)vector.Tokens),
        vectors.Count(vector => vector.Truncated));

    private async Task<ConcurrentDictionary<string, CachedVector>> ReadAsync(Dictionary<string, string> keys, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, CachedVector>();
        await AskAsync(keys, async (pair, token) =>
        {
            if (await _cache.GetAsync(pair.Value, token).ConfigureAwait(false) is { } bytes && CachedVector.FromBytes(bytes) is { } vector)
            {
                found[pair.Key] = vector;
            }
        }, cancellationToken).ConfigureAwait(false);
        return found;
    }

    private Task WriteAsync(IEnumerable<(string Key, CachedVector Vector)> vectors, CancellationToken cancellationToken) => AskAsync(
        vectors,
        async (entry, token) => await _cache.SetAsync(entry.Key, entry.Vector.ToBytes(), _entryOptions, token).ConfigureAwait(false),
        cancellationToken);

    private async Task AskAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> ask, CancellationToken cancellationToken)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
            await System.Threading.Tasks.Parallel.ForEachAsync(items, parallel, ask).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Caches fail in their own ways; a call can do without one.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CacheFailed(_logger, failure);
        }
    }
}
