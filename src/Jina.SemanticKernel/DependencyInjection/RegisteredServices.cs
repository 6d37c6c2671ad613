using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.DependencyInjection;

/// <summary>Finds the generator and the store for a service ID: the services with that key, or else the services without a key.</summary>
internal static class RegisteredServices
{
    /// <exception cref="InvalidOperationException">A generator is not registered.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> GetGenerator(this IServiceProvider provider, string? serviceId) =>
        provider.Find<IEmbeddingGenerator<string, Embedding<float>>>(serviceId)
        ?? throw Missing("IEmbeddingGenerator<string, Embedding<float>>", serviceId, "AddJinaEmbeddings");

    /// <exception cref="InvalidOperationException">A store is not registered.</exception>
    public static VectorStore GetStore(this IServiceProvider provider, string? serviceId) =>
        provider.Find<VectorStore>(serviceId) ?? throw Missing(nameof(VectorStore), serviceId, "AddJinaSqliteVectorStore");

    /// <summary>Returns a store that embeds with the generator of this service ID, if that generator is registered.</summary>
    /// <exception cref="InvalidOperationException">A store is not registered.</exception>
    public static VectorStore GetEmbeddingStore(this IServiceProvider provider, string? serviceId)
    {
        var store = provider.GetStore(serviceId);
        return serviceId is not null && provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceId) is { } generator
            ? new VectorStoreWithGenerator(store, generator)
            : store;
    }

    private static T? Find<T>(this IServiceProvider provider, string? serviceId)
        where T : class =>
        (serviceId is null ? null : provider.GetKeyedService<T>(serviceId)) ?? provider.GetService<T>();

    private static InvalidOperationException Missing(string service, string? serviceId, string method)
    {
        var where = serviceId is null ? "" : $", neither under the key '{serviceId}' nor without a key";
        return new InvalidOperationException($"No {service} is registered{where}. Add one, for example with {method}.");
    }
}
