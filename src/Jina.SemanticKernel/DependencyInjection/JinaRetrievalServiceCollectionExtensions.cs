using System.Diagnostics.CodeAnalysis;
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
/// <para>If a service ID is passed, it is the key of all services that the method registers. They use the store and the generator
/// with the same key, or else the store and the generator without a key.</para>
/// <para>Registration does no work, and the order of registrations does not matter. All services are singletons that the
/// container disposes. The vector store must be a singleton too.</para>
/// </remarks>
public static class JinaRetrievalServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ISemanticTextMemory"/> and the <see cref="IMemoryStore"/> that it uses.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceId">The service key. If <see langword="null"/>, the services are registered without a key.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    [Experimental("SKEXP0001")]
    public static IServiceCollection AddJinaTextMemory(this IServiceCollection services, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddKeyedSingleton<IMemoryStore>(serviceId, (provider, _) =>
                new VectorStoreMemoryStore(provider.GetEmbeddingVectorStore(serviceId), provider.GetGenerator(serviceId)))
            .AddKeyedSingleton<ISemanticTextMemory>(serviceId, (provider, _) =>
                new SemanticTextMemory(provider.GetRequiredKeyedService<IMemoryStore>(serviceId), provider.GetGenerator(serviceId)));
    }

    /// <summary>Registers a collection of the store, a text search over it, and a kernel plugin with the function <c>Search</c>.</summary>
    /// <remarks>
    /// The collection is registered as <see cref="VectorStoreCollection{TKey, TRecord}"/> and
    /// <see cref="IVectorSearchable{TRecord}"/>. The text search is registered as <see cref="VectorStoreTextSearch{TRecord}"/>,
    /// <see cref="ITextSearch{TRecord}"/> and <c>ITextSearch</c>. Every kernel built from these services contains the plugin.
    /// </remarks>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The name of the collection. The collection must exist before the first search.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs immediately. If <see langword="null"/>, the defaults are used.
    /// </param>
    /// <param name="serviceId">
    /// The service key. If <see langword="null"/>, the services are registered without a key. The plugin never has a key: a
    /// kernel contains all registered plugins.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="services"/> or <paramref name="collectionName"/> is <see langword="null"/>, or the name is blank.
    /// </exception>
    public static IServiceCollection AddJinaRetrieval<TKey, TRecord>(
        this IServiceCollection services,
        string collectionName,
        Action<JinaRetrievalOptions<TRecord>>? configure = null,
        string? serviceId = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        var options = new JinaRetrievalOptions<TRecord>();
        configure?.Invoke(options);
        var pluginName = options.PluginName ?? Regex.Replace(collectionName, "[^0-9A-Za-z_]", "_");

        services.AddKeyedSingleton(serviceId, (provider, _) =>
            provider.GetEmbeddingVectorStore(serviceId).GetCollection<TKey, TRecord>(collectionName, options.Definition));
        services.AddKeyedSingleton<IVectorSearchable<TRecord>>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreCollection<TKey, TRecord>>(serviceId));
#pragma warning disable SKEXP0001, CS0618 // Text search is experimental. TextSearchProvider and others still use the obsolete interface.
        services.AddKeyedSingleton(serviceId, (provider, _) =>
            RecordSearch.Create(provider.GetRequiredKeyedService<IVectorSearchable<TRecord>>(serviceId), options));
        services.AddKeyedSingleton<ITextSearch<TRecord>>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreTextSearch<TRecord>>(serviceId));
        services.AddKeyedSingleton<ITextSearch>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<VectorStoreTextSearch<TRecord>>(serviceId));
        return services.AddSingleton(provider =>
        {
            var search = new SearchFunction<TRecord>(provider.GetRequiredKeyedService<ITextSearch<TRecord>>(serviceId));
            return KernelPluginFactory.CreateFromFunctions(pluginName, [search.Create(options.FunctionDescription)]);
        });
#pragma warning restore SKEXP0001, CS0618
    }

    /// <summary>
    /// Registers a <see cref="TextSearchStore{TKey}"/> that keeps texts with their sources, and a <see cref="TextSearchProvider"/>
    /// that gives an agent the texts it finds there.
    /// </summary>
    /// <remarks>The store is also registered as <c>ITextSearch</c>.</remarks>
    /// <typeparam name="TKey">The type of the key: <see cref="string"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The name of the collection. The first use creates the collection.</param>
    /// <param name="dimensions">
    /// The length of the embeddings. If <see langword="null"/>, the metadata of the generator must contain it.
    /// </param>
    /// <param name="storeOptions">The options of the store. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="providerOptions">The options of the provider. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="serviceId">The service key. If <see langword="null"/>, the services are registered without a key.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="services"/> or <paramref name="collectionName"/> is <see langword="null"/>, or the name is blank.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    [Experimental("SKEXP0130")]
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
        services.AddKeyedSingleton(serviceId, (provider, _) =>
        {
            var length = dimensions ?? GetDimensions(provider.GetGenerator(serviceId));
            return new TextSearchStore<TKey>(provider.GetEmbeddingVectorStore(serviceId), collectionName, length, storeOptions);
        });
#pragma warning disable CS0618 // The store does not implement another interface.
        services.AddKeyedSingleton<ITextSearch>(serviceId, (provider, _) =>
            provider.GetRequiredKeyedService<TextSearchStore<TKey>>(serviceId));
#pragma warning restore CS0618
        return services.AddKeyedSingleton(serviceId, (provider, _) =>
        {
            var store = provider.GetRequiredKeyedService<TextSearchStore<TKey>>(serviceId);
            return new TextSearchProvider(store, provider.GetService<ILoggerFactory>(), providerOptions);
        });
    }

    private static int GetDimensions(IEmbeddingGenerator generator)
    {
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>();
        return metadata?.DefaultModelDimensions ?? throw new InvalidOperationException(
            $"The generator '{metadata?.DefaultModelId}' does not know the length of its embeddings before the model is loaded. "
            + $"Pass dimensions to {nameof(AddJinaTextSearchStore)}.");
    }
}
