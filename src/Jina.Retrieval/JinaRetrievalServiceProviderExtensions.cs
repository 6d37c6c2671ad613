using Jina.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Resolves vector stores together with their embedding generators.</summary>
public static class JinaRetrievalServiceProviderExtensions
{
    /// <summary>Returns the registered vector store for a service key, so that it embeds with the generator of the same key.</summary>
    /// <remarks>
    /// Stores look for a generator without a key, even if the store itself has a key. The store that this method returns passes the
    /// generator of the key to its collections, unless their definition has a generator. If no generator has the key, the store
    /// chooses.
    /// </remarks>
    /// <param name="provider">The service provider.</param>
    /// <param name="serviceKey">The service key. If <see langword="null"/>, the store without a key is returned.</param>
    /// <returns>The store with the key, or else the store without a key. The container disposes the store.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A store is not registered.</exception>
    public static VectorStore GetEmbeddingVectorStore(this IServiceProvider provider, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (serviceKey is null)
        {
            return provider.GetService<VectorStore>() ?? throw Missing("");
        }

        var store = provider.GetKeyedService<VectorStore>(serviceKey)
            ?? provider.GetService<VectorStore>()
            ?? throw Missing($", neither under the key '{serviceKey}' nor without a key");
        return provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey) is { } generator
            ? new VectorStoreWithGenerator(store, generator)
            : store;
    }

    private static InvalidOperationException Missing(string where) =>
        new($"No {nameof(VectorStore)} is registered{where}. Add one, for example with AddJinaSqliteVectorStore.");
}
