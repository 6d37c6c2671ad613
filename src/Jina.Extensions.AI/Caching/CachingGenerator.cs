using System.Collections.Concurrent;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI.Caching;

/// <summary>Reads the vectors of known texts from a cache, and embeds the other texts. Safe for concurrent use.</summary>
/// <remarks>Cache failures are logged and the vectors are computed instead.</remarks>
internal sealed class CachingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The number of cache operations that one request runs at once.</summary>
    private const int Parallelism = 32;

    private readonly JinaEmbeddingGenerator _generator;
    private readonly IDistributedCache _cache;
    private readonly DistributedCacheEntryOptions _entryOptions;
    private readonly ILogger _logger;

    /// <exception cref="InvalidOperationException">
    /// The inner generator is not a <see cref="JinaEmbeddingGenerator"/> and does not wrap one.
    /// </exception>
    public CachingGenerator(
        IEmbeddingGenerator<string, Embedding<float>> inner,
        IDistributedCache cache,
        DistributedCacheEntryOptions entryOptions,
        ILoggerFactory? loggerFactory)
        : base(inner)
    {
        _generator = inner.GetService<JinaEmbeddingGenerator>() ?? throw new InvalidOperationException(
            "The cache keys depend on the settings of a Jina model, but this pipeline does not contain a JinaEmbeddingGenerator. "
            + "Use UseDistributedCache for other generators.");
        _cache = cache;
        _entryOptions = entryOptions;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
    }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        var requested = await _generator.ReadOptionsAsync(options, cancellationToken).ConfigureAwait(false);
        if (texts.Contains(null))
        {
            // The generator throws and names the text that is null.
            return await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        if (await TryGetIdentityAsync(cancellationToken).ConfigureAwait(false) is not { } identity)
        {
            return await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        var cacheKeys = new CacheKeys(identity, _generator.Options, requested.Normalize);
        var keys = texts.Distinct().ToDictionary(text => text, cacheKeys.Create);
        var found = await ReadAsync(keys, cancellationToken).ConfigureAwait(false);
        string[] missing = [.. keys.Keys.Where(text => !found.ContainsKey(text))];
        _generator.Metrics.CacheRead(found.Count, missing.Length);
        var tokenizer = missing.Length == 0 ? null : await _generator.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
        T5Encoding[] encodings = [.. missing.Select(text => tokenizer!.Encode(text))];
        if (requested.Truncation == TruncationPolicy.Throw
            && (encodings.Any(encoding => encoding.Truncated) || found.Values.Any(vector => vector.Truncated)))
        {
            // The generator throws and names the text that is too long by its position in the request.
            return await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        var embeddings = missing.Length == 0 ? [] : await base.GenerateAsync(missing, options, cancellationToken).ConfigureAwait(false);
        if (missing.Length > 0 && await TryGetIdentityAsync(cancellationToken).ConfigureAwait(false) != identity)
        {
            // The files changed before the model was loaded, so the cached vectors are not those of the loaded model.
            return await GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < missing.Length; i++)
        {
            found[missing[i]] = new CachedVector(embeddings[i].Vector, encodings[i].Ids.Count, encodings[i].Truncated);
        }

        await WriteAsync(missing.Select(text => (keys[text], found[text])), cancellationToken).ConfigureAwait(false);
        return ToResult([.. texts.Select(text => found[text])]);
    }

    /// <summary>
    /// Returns the identity of the model, or <see langword="null"/> if its files have changed since it was loaded, so that the identity
    /// can no longer be determined.
    /// </summary>
    private async Task<string?> TryGetIdentityAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _generator.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (JinaModelException failure) when (_generator.Status.State == JinaModelState.Ready)
        {
            Log.CacheFailed(_logger, failure);
            return null;
        }
    }

    private GeneratedEmbeddings<Embedding<float>> ToResult(IReadOnlyList<CachedVector> vectors) => JinaEmbeddingGenerator.WithUsage(
        [.. _generator.ToEmbeddings(vectors.Select(vector => vector.Vector))],
        vectors.Sum(vector => (long)vector.Tokens),
        vectors.Count(vector => vector.Truncated));

    private async Task<ConcurrentDictionary<string, CachedVector>> ReadAsync(
        Dictionary<string, string> keys, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, CachedVector>();
        await TryForEachAsync(
            keys,
            async (pair, token) =>
            {
                var bytes = await _cache.GetAsync(pair.Value, token).ConfigureAwait(false);
                if (bytes is not null && CachedVector.FromBytes(bytes) is { } vector)
                {
                    found[pair.Key] = vector;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    private Task WriteAsync(IEnumerable<(string Key, CachedVector Vector)> vectors, CancellationToken cancellationToken) => TryForEachAsync(
        vectors,
        async (entry, token) => await _cache.SetAsync(entry.Key, entry.Vector.ToBytes(), _entryOptions, token).ConfigureAwait(false),
        cancellationToken);

    /// <summary>Runs a cache operation for each item, in parallel. Failures are logged.</summary>
    private async Task TryForEachAsync<T>(
        IEnumerable<T> items, Func<T, CancellationToken, ValueTask> operation, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(items, options, operation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Each cache throws its own exceptions, and the vectors can be computed without it.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CacheFailed(_logger, failure);
        }
    }
}
