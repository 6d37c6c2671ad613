using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Jina.SemanticKernel.Memory;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel;

/// <summary>Represents a memory store for <see cref="SemanticTextMemory"/> that keeps the memories in any vector store.</summary>
/// <remarks>
/// <para>A collection of memories is a collection of the vector store with string keys, the IDs of the memories. Saving a memory
/// creates the collection. Reading from a collection that does not exist returns no memories, and removing from it does nothing.
/// </para>
/// <para>Relevance is the cosine similarity, no matter which distance function the vector store uses. The vector store must be
/// able to return vectors.</para>
/// <para>This class is safe for concurrent use if the vector store is. It does not dispose the vector store.</para>
/// </remarks>
[Experimental("SKEXP0001")]
public sealed class VectorStoreMemoryStore : IMemoryStore
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    private readonly VectorStore _store;
    private readonly MemoryCollections _collections;

    /// <summary>Initializes a memory store for embeddings from a generator.</summary>
    /// <param name="store">The vector store.</param>
    /// <param name="generator">
    /// The generator that embeds the memories. It supplies the length of the vectors and, for stores that record it, the ID of the
    /// model. If its metadata does not contain the length, it embeds one word to find out.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public VectorStoreMemoryStore(VectorStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(generator);
        _store = store;
        _collections = new MemoryCollections(store, generator, dimensions: null);
    }

    /// <summary>Initializes a memory store for embeddings of a given length.</summary>
    /// <param name="store">The vector store.</param>
    /// <param name="dimensions">The length of the embeddings, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is <see langword="null"/>.</exception>
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
    /// <remarks>Returns every collection of the vector store, including collections that do not contain memories.</remarks>
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
        await SaveAsync(collectionName, [MemoryEntry.From(record)], cancellationToken).ConfigureAwait(false);
        return record.Metadata.Id;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> UpsertBatchAsync(
        string collectionName,
        IEnumerable<MemoryRecord> records,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        MemoryEntry[] entries = [.. records.Select(MemoryEntry.From)];
        await SaveAsync(collectionName, entries, cancellationToken).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            yield return entry.Key;
        }
    }

    /// <inheritdoc/>
    public async Task<MemoryRecord?> GetAsync(
        string collectionName, string key, bool withEmbedding = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await GetBatchAsync(collectionName, [key], withEmbedding, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> GetBatchAsync(
        string collectionName,
        IEnumerable<string> keys,
        bool withEmbeddings = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
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
            matches.Add((found.Record.ToRecord(withEmbeddings), CosineSimilarity(embedding, found.Record.Embedding)));
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
        var matches = GetNearestMatchesAsync(collectionName, embedding, limit: 1, minRelevanceScore, withEmbedding, cancellationToken);
        await foreach (var match in matches.ConfigureAwait(false))
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

    /// <summary>Opens a collection if it exists. Stores differ in how they handle a missing collection.</summary>
    private async Task<VectorStoreCollection<string, MemoryEntry>?> FindAsync(string collectionName, CancellationToken cancellationToken) =>
        await _store.CollectionExistsAsync(collectionName, cancellationToken).ConfigureAwait(false)
            ? await _collections.OpenAsync(collectionName, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Returns the cosine similarity, or 0 for a zero vector. A store's score can be a distance or another function.</summary>
    private static double CosineSimilarity(ReadOnlyMemory<float> question, ReadOnlyMemory<float> memory)
    {
        var cosine = TensorPrimitives.CosineSimilarity(question.Span, memory.Span);
        return float.IsNaN(cosine) ? 0 : Math.Clamp(cosine, -1, 1);
    }
}
