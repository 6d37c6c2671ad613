using Jina.Agents;
using Jina.Retrieval;
using Microsoft.Agents.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers context providers for agents over the registered vector store and embedding generator.</summary>
/// <remarks>
/// <para>Each call adds one <see cref="AIContextProvider"/>. To give an agent all of them, set
/// <see cref="ChatClientAgentOptions.AIContextProviders"/> to <c>services.GetServices&lt;AIContextProvider&gt;()</c>.</para>
/// <para>Registration does no work, and the order of registrations does not matter. The providers are singletons, so the vector store
/// must be a singleton too.</para>
/// </remarks>
public static class JinaAgentsServiceCollectionExtensions
{
    /// <summary>Registers a context provider that gives agents the passages of a collection.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The name of the collection. The collection must exist before the first search.</param>
    /// <param name="toPassage">The function that converts a record to a passage.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs when the provider is created. If <see langword="null"/>, the defaults are used.
    /// </param>
    /// <param name="definition">
    /// The definition of the records. If <see langword="null"/>, the attributes of <typeparamref name="TRecord"/> define them.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="services"/>, <paramref name="collectionName"/> or <paramref name="toPassage"/> is <see langword="null"/>, or the
    /// name is blank.
    /// </exception>
    public static IServiceCollection AddJinaContextProvider<TKey, TRecord>(
        this IServiceCollection services,
        string collectionName,
        Func<TRecord, RetrievedPassage> toPassage,
        Action<JinaContextProviderOptions<TRecord>>? configure = null,
        VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class =>
        services.AddKeyedJinaContextProvider<TKey, TRecord>(null, collectionName, toPassage, configure, definition);

    /// <summary>Registers a context provider with a service key. It uses the store and the generator of the same key.</summary>
    /// <remarks>If no store or generator has the key, the one without a key is used.</remarks>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The service key. If <see langword="null"/>, the provider is registered without a key.</param>
    /// <param name="collectionName">The name of the collection. The collection must exist before the first search.</param>
    /// <param name="toPassage">The function that converts a record to a passage.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs when the provider is created. If <see langword="null"/>, the defaults are used.
    /// </param>
    /// <param name="definition">
    /// The definition of the records. If <see langword="null"/>, the attributes of <typeparamref name="TRecord"/> define them.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="services"/>, <paramref name="collectionName"/> or <paramref name="toPassage"/> is <see langword="null"/>, or the
    /// name is blank.
    /// </exception>
    public static IServiceCollection AddKeyedJinaContextProvider<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string collectionName,
        Func<TRecord, RetrievedPassage> toPassage,
        Action<JinaContextProviderOptions<TRecord>>? configure = null,
        VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        ArgumentNullException.ThrowIfNull(toPassage);
        return services.AddKeyedSingleton<AIContextProvider>(serviceKey, (provider, _) => provider
            .GetEmbeddingVectorStore(serviceKey)
            .GetCollection<TKey, TRecord>(collectionName, definition)
            .AsContextProvider(toPassage, configure, provider.GetService<ILoggerFactory>()));
    }
}
