using System.Runtime.CompilerServices;
using Jina.SemanticKernel.Memory;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel;

/// <summary>Keeps Semantic Kernel's memories in a vector store, so that <see cref="SemanticTextMemory"/> works over any of them.</summary>
/// <remarks>
/// <para>A collection of memories is a collection of the store, with string keys (the memory's id); saving creates it.
/// Reading from a collection that is not there finds nothing, and removing from it does nothing. Relevance is the cosine
/// similarity, whatever function the store ranks by; the store must be able to give vectors back.</para>
/// <para>Safe for concurrent use if the store is. Disposing the store is its owner's matter.</para>
/// </remarks>
public sealed class VectorStoreMemoryStore : IMemoryStore
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    private readonly VectorStore _store;
    private readonly MemoryCollections _collections;

    /// <summary>Keeps memories whose embeddings come from a generator.</summary>
    /// <param name="store">The store.</param>
    /// <param name="generator">
    /// The generator that embeds the memories: it tells the vectors' length, and its model's id to stores that remember it.
    /// Where its metadata does not have the length, it is asked to embed a word.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public VectorStoreMemoryStore(VectorStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(generator);
        _store = store;
        _collections = new MemoryCollections(store, generator, dimensions: 0);
    }

    /// <summary>Keeps memories with embeddings from anywhere.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dimensions">The length of the embeddings, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public VectorStoreMemoryStore(VectorStore store, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        _store = store;
        _collections = new MemoryCollections(store, generator: null, dimensions);
    }

    /// <inheritdoc/>
    public async Task CreateCollectionAsync(string collectionName, CancellationToken cancellationToken = default)
    {
        var collection = await _collections.OpenAsync(collectionName, cancellationToken).ConfigureAwait(false);
        await collection.EnsureCollectionExistsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Names every collection of the store, those without memories included.</remarks>
    public IAsyncEnumerable<string> GetCollectionsAsync(CancellationToken cancellationToken = default) =>
        _store.ListCollectionNamesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DoesCollectionExistAsync(string collectionName, CancellationToken cancellationToken = default) =>
        _store.CollectionExistsAsync(collectionName, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteCollectionAsync(string collectionName, CancellationToken cancellationToken = default) =>
        _store.EnsureCollectionDeletedAsync(collectionName, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> UpsertAsync(string collectionName, MemoryRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        await SaveAsync(collectionName, [MemoryEntry.Of(record)], cancellationToken).ConfigureAwait(false);
        return record.Metadata.Id;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> UpsertBatchAsync(string collectionName, IEnumerable<MemoryRecord> records, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        MemoryEntry[] entries = [.. records.Select(MemoryEntry.Of)];
        await SaveAsync(collectionName, entries, cancellationToken).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            yield return entry.Key;
        }
    }

    /// <inheritdoc/>
    public async Task<MemoryRecord?> GetAsync(string collectionName, string key, bool withEmbedding = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await GetBatchAsync(collectionName, [key], withEmbedding, cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> GetBatchAsync(string collectionName, IEnumerable<string> keys, bool withEmbeddings = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (await FindAsync(collectionName, cancellationToken).ConfigureAwait(false) is not { } collection)
        {
            yield break;
        }

        await foreach (var entry in collection.GetAsync(keys, withEmbeddings ? WithVectors : null, cancellationToken).ConfigureAwait(false))
        {
            yield return entry.ToRecord(withEmbeddings);
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string collectionName, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return RemoveBatchAsync(collectionName, [key], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveBatchAsync(string collectionName, IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (await FindAsync(collectionName, cancellationToken).ConfigureAwait(false) is { } collection)
        {
            await collection.DeleteAsync(keys, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<(MemoryRecord, double)> GetNearestMatchesAsync(
        string collectionName,
        ReadOnlyMemory<float> embedding,
        int limit,
        double minRelevanceScore = 0.0,
        bool withEmbeddings = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (limit < 1 || await FindAsync(collectionName, cancellationToken).ConfigureAwait(false) is not { } collection)
        {
            yield break;
        }

        var matches = new List<(MemoryRecord Record, double Relevance)>();
        var options = new VectorSearchOptions<MemoryEntry> { IncludeVectors = true };
        await foreach (var found in collection.SearchAsync(embedding, limit, options, cancellationToken).ConfigureAwait(false))
        {
            matches.Add((found.Record.ToRecord(withEmbeddings), Relevance.Of(embedding, found.Record.Embedding)));
        }

        foreach (var match in matches.Where(match => match.Relevance >= minRelevanceScore).OrderByDescending(match => match.Relevance))
        {
            yield return match;
        }
    }

    /// <inheritdoc/>
    public async Task<(MemoryRecord, double)?> GetNearestMatchAsync(
        string collectionName,
        ReadOnlyMemory<float> embedding,
        double minRelevanceScore = 0.0,
        bool withEmbedding = false,
        CancellationToken cancellationToken = default)
    {
        await foreach (var match in GetNearestMatchesAsync(collectionName, embedding, limit: 1, minRelevanceScore, withEmbedding, cancellationToken).ConfigureAwait(false))
        {
            return match;
        }

        return null;
    }

    private async Task SaveAsync(string collectionName, MemoryEntry[] entries, CancellationToken cancellationToken)
    {
        if (entries.Length > 0)
        {
            var collection = _collections.Open(collectionName, entries[0].Embedding.Length);
            await collection.EnsureCollectionExistsAsync(cancellationToken).ConfigureAwait(false);
            await collection.UpsertAsync(entries, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a collection if the store has it: stores differ in what they do about one that is not there.</summary>
    private async Task<VectorStoreCollection<string, MemoryEntry>?> FindAsync(string collectionName, CancellationToken cancellationToken) =>
        await _store.CollectionExistsAsync(collectionName, cancellationToken).ConfigureAwait(false)
            ? await _collections.OpenAsync(collectionName, cancellationToken).ConfigureAwait(false)
            : null;
}
