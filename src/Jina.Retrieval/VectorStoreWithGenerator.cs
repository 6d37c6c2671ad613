using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.Retrieval;

/// <summary>Represents a vector store whose collections embed with a given generator.</summary>
/// <remarks>
/// Stores look for a generator without a key, even if the store itself has a key. Without this class, a keyed registration
/// would embed with another model or not at all. Disposing this store does not dispose the inner store.
/// </remarks>
internal sealed class VectorStoreWithGenerator(VectorStore inner, IEmbeddingGenerator generator) : VectorStore
{
    private const string Mapping = "Maps a .NET type at run time. For Native AOT and trimmed apps, use GetDynamicCollection.";

    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null) =>
        inner.GetCollection<TKey, TRecord>(name, WithGenerator(definition));

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name, VectorStoreCollectionDefinition definition) =>
        inner.GetDynamicCollection(name, WithGenerator(definition));

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) =>
        inner.ListCollectionNamesAsync(cancellationToken);

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        inner.CollectionExistsAsync(name, cancellationToken);

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        inner.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);

    private VectorStoreCollectionDefinition WithGenerator(VectorStoreCollectionDefinition? definition) => new()
    {
        Properties = definition?.Properties,
        EmbeddingGenerator = definition?.EmbeddingGenerator ?? generator,
    };
}
