using System.Text.RegularExpressions;
using Jina.SemanticKernel;
using Jina.SemanticKernel.DependencyInjection;
using Jina.SemanticKernel.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Microsoft.SemanticKernel.Memory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Semantic Kernel's memory and retrieval over the registered vector store and embedding generator.</summary>
/// <remarks>
/// With a service id, everything is registered under it as the key, and works with the store and the generator of the same
/// key, or else with those without one. Registering does no work, and the order of registrations does not matter. All are
/// singletons, disposed by the container; the store must be one, too.
/// </remarks>
public static class JinaRetrievalServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ISemanticTextMemory"/> and the <see cref="IMemoryStore"/> below it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceId">The key; null for none.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddJinaTextMemory(this IServiceCollection services, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddKeyedSingleton<IMemoryStore>(serviceId, (provider, _) =>
                new VectorStoreMemoryStore(provider.GetStore(serviceId), provider.GetGenerator(serviceId)))
            .AddKeyedSingleton<ISemanticTextMemory>(serviceId, (provider, _) =>
                new SemanticTextMemory(provider.GetRequiredKeyedService<IMemoryStore>(serviceId), provider.GetGenerator(serviceId)));
    }

    /// <summary>
    /// Registers a collection of the store as <see cref="VectorStoreCollection{TKey, TRecord}"/> and
    /// <see cref="IVectorSearchable{TRecord}"/>, a text search over it as <see cref="VectorStoreTextSearch{TRecord}"/>,
    /// <see cref="ITextSearch{TRecord}"/> and <c>ITextSearch</c>, and a plugin with the function <c>Search</c>, which kernels
    /// of these services have.
    /// </summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The name of the collection; it must exist by the time of the first search.</param>
    /// <param name="configure">Sets the options, at once; null for the defaults.</param>
    /// <param name="serviceId">The key; null for none. The plugin has no key: kernels take all that are registered.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="services"/> or <paramref name="collectionName"/> is null, or the name is empty.</exception>
    public static IServiceCollection AddJinaRetrieval<TKey, TRecord>(
        this IServiceCollection services, string collectionName, Action<JinaRetrievalOptions<TRecord>>? configure = null, string? serviceId = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        var options = new JinaRetrievalOptions<TRecord>();
        configure?.Invoke(options);
        var pluginName = options.PluginName ?? Regex.Replace(collectionName, "[^0-9A-Za-z_]", "_");

        services.AddKeyedSingleton(serviceId, (provider, _) =>
            provider.GetEmbeddingStore(serviceId).GetCollection<TKey, TRecord>(collectionName, options.Definition));
        services.AddKeyedSingleton<IVectorSearchable<TRecord>>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreCollection<TKey, TRecord>>(serviceId));
        services.AddKeyedSingleton(serviceId, (provider, _) =>
            RecordSearch.Create(provider.GetRequiredKeyedService<IVectorSearchable<TRecord>>(serviceId), options.ToResult));
        services.AddKeyedSingleton<ITextSearch<TRecord>>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreTextSearch<TRecord>>(serviceId));
#pragma warning disable CS0618 // TextSearchProvider, among others, still asks for the obsolete interface.
        services.AddKeyedSingleton<ITextSearch>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreTextSearch<TRecord>>(serviceId));
#pragma warning restore CS0618
        return services.AddSingleton(provider => KernelPluginFactory.CreateFromFunctions(
            pluginName,
            [new SearchFunction<TRecord>(provider.GetRequiredKeyedService<ITextSearch<TRecord>>(serviceId)).Create(options.FunctionDescription)]));
    }

    /// <summary>
    /// Registers a <see cref="TextSearchStore{TKey}"/>, which keeps texts with their sources, as itself and as
    /// <c>ITextSearch</c>, and a <see cref="TextSearchProvider"/>, which gives an agent what is found there.
    /// </summary>
    /// <typeparam name="TKey">The type of the key: string or Guid.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The name of the collection; the first use creates it.</param>
    /// <param name="dimensions">The length of the embeddings; null for what the generator says, if it does.</param>
    /// <param name="storeOptions">The options of the store; null for the defaults.</param>
    /// <param name="providerOptions">The options of the provider; null for the defaults.</param>
    /// <param name="serviceId">The key; null for none.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="services"/> or <paramref name="collectionName"/> is null, or the name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public static IServiceCollection AddJinaTextSearchStore<TKey>(
        this IServiceCollection services,
        string collectionName,
        int? dimensions = null,
        TextSearchStoreOptions? storeOptions = null,
        TextSearchProviderOptions? providerOptions = null,
        string? serviceId = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions ?? 1, 1, nameof(dimensions));
        services.AddKeyedSingleton(serviceId, (provider, _) => new TextSearchStore<TKey>(
            provider.GetEmbeddingStore(serviceId), collectionName, dimensions ?? DimensionsOf(provider.GetGenerator(serviceId)), storeOptions));
#pragma warning disable CS0618 // The store has no other interface.
        services.AddKeyedSingleton<ITextSearch>(serviceId, (provider, _) => provider.GetRequiredKeyedService<TextSearchStore<TKey>>(serviceId));
#pragma warning restore CS0618
        return services.AddKeyedSingleton(serviceId, (provider, _) => new TextSearchProvider(
            provider.GetRequiredKeyedService<TextSearchStore<TKey>>(serviceId), provider.GetService<ILoggerFactory>(), providerOptions));
    }

    private static int DimensionsOf(IEmbeddingGenerator generator)
    {
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>();
        return metadata?.DefaultModelDimensions ?? throw new InvalidOperationException(
            $"The generator '{metadata?.DefaultModelId}' does not know the length of its embeddings before the model is loaded. Pass dimensions to {nameof(AddJinaTextSearchStore)}.");
    }
}
