using Jina.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.Data;

namespace Microsoft.SemanticKernel;

/// <summary>Adds memory and retrieval to a kernel.</summary>
/// <remarks>
/// Each method registers what its namesake in <see cref="JinaRetrievalServiceCollectionExtensions"/> registers. The vector
/// store is whichever <c>builder.Services</c> holds.
/// </remarks>
public static class JinaRetrievalKernelBuilderExtensions
{
    /// <summary>Adds <c>ISemanticTextMemory</c>.</summary>
    /// <returns>The same builder.</returns>
    /// <inheritdoc cref="JinaRetrievalServiceCollectionExtensions.AddJinaTextMemory"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="serviceId">The id; null for none.</param>
    public static IKernelBuilder AddJinaTextMemory(this IKernelBuilder builder, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaTextMemory(serviceId);
        return builder;
    }

    /// <summary>Adds the search of a collection, and a plugin with the function <c>Search</c>.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="collectionName">The name of the collection; it must exist by the time of the first search.</param>
    /// <param name="configure">Sets the options, at once; null for the defaults.</param>
    /// <param name="serviceId">The id; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="builder"/> or <paramref name="collectionName"/> is null, or the name is empty.</exception>
    public static IKernelBuilder AddJinaRetrieval<TKey, TRecord>(
        this IKernelBuilder builder, string collectionName, Action<JinaRetrievalOptions<TRecord>>? configure = null, string? serviceId = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaRetrieval<TKey, TRecord>(collectionName, configure, serviceId);
        return builder;
    }

    /// <summary>Adds a <see cref="TextSearchStore{TKey}"/> and a <see cref="TextSearchProvider"/> over it.</summary>
    /// <typeparam name="TKey">The type of the key: string or Guid.</typeparam>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="collectionName">The name of the collection; the first use creates it.</param>
    /// <param name="dimensions">The length of the embeddings; null for what the generator says, if it does.</param>
    /// <param name="storeOptions">The options of the store; null for the defaults.</param>
    /// <param name="providerOptions">The options of the provider; null for the defaults.</param>
    /// <param name="serviceId">The id; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="builder"/> or <paramref name="collectionName"/> is null, or the name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public static IKernelBuilder AddJinaTextSearchStore<TKey>(
        this IKernelBuilder builder,
        string collectionName,
        int? dimensions = null,
        TextSearchStoreOptions? storeOptions = null,
        TextSearchProviderOptions? providerOptions = null,
        string? serviceId = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaTextSearchStore<TKey>(collectionName, dimensions, storeOptions, providerOptions, serviceId);
        return builder;
    }
}
