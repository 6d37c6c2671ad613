using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>Represents a store with another default distance function, as some stores have.</summary>
internal sealed class StoreWithDistance(VectorStore inner, string distanceFunction) : VectorStore
{
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null)
    {
        foreach (var property in definition!.Properties.OfType<VectorStoreVectorProperty>())
        {
            property.DistanceFunction ??= distanceFunction;
        }

        return inner.GetCollection<TKey, TRecord>(name, definition);
    }

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name, VectorStoreCollectionDefinition definition) =>
        throw new NotSupportedException();

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) =>
        inner.ListCollectionNamesAsync(cancellationToken);

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        inner.CollectionExistsAsync(name, cancellationToken);

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        inner.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);
}
