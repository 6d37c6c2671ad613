using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.DependencyInjection;

/// <summary>Finds what a registration works with: what has its service id for a key, or else what has no key.</summary>
internal static class RegisteredServices
{
    /// <exception cref="InvalidOperationException">There is no generator.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> GetGenerator(this IServiceProvider provider, string? serviceId) =>
        provider.Find<IEmbeddingGenerator<string, Embedding<float>>>(serviceId)
        ?? throw Missing("IEmbeddingGenerator<string, Embedding<float>>", serviceId, "AddJinaEmbeddings");

    /// <exception cref="InvalidOperationException">There is no store.</exception>
    public static VectorStore GetStore(this IServiceProvider provider, string? serviceId) =>
        provider.Find<VectorStore>(serviceId) ?? throw Missing(nameof(VectorStore), serviceId, "AddJinaSqliteVectorStore");

    /// <summary>Returns a store that embeds with the generator of this service id, if there is one of this id.</summary>
    /// <exception cref="InvalidOperationException">There is no store.</exception>
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

    private static InvalidOperationException Missing(string service, string? serviceId, string method) =>
        new($"No {service} is registered{(serviceId is null ? string.Empty : $", neither under the key '{serviceId}' nor without one")}. Add one, e.g. by {method}.");
}
