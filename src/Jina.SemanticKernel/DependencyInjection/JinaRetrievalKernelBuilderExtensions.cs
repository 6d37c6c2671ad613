using System.Diagnostics.CodeAnalysis;
using Jina.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.Data;

namespace Microsoft.SemanticKernel;

/// <summary>Adds memory and retrieval to a kernel.</summary>
/// <remarks>
/// Each method registers what the method of the same name in <see cref="JinaRetrievalServiceCollectionExtensions"/> registers. It
/// uses the vector store in <see cref="IKernelBuilder.Services"/>.
/// </remarks>
public static class JinaRetrievalKernelBuilderExtensions
{
    /// <summary>Adds <c>ISemanticTextMemory</c>.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the services are registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    [Experimental("SKEXP0001")]
    public static IKernelBuilder AddJinaTextMemory(this IKernelBuilder builder, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaTextMemory(serviceId);
        return builder;
    }

    /// <summary>Adds a search of a collection, and a plugin with the function <c>Search</c>.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="collectionName">The name of the collection. The collection must exist before the first search.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs immediately. If <see langword="null"/>, the defaults are used.
    /// </param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the services are registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="builder"/> or <paramref name="collectionName"/> is <see langword="null"/>, or the name is blank.
    /// </exception>
    public static IKernelBuilder AddJinaRetrieval<TKey, TRecord>(
        this IKernelBuilder builder,
        string collectionName,
        Action<JinaRetrievalOptions<TRecord>>? configure = null,
        string? serviceId = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaRetrieval<TKey, TRecord>(collectionName, configure, serviceId);
        return builder;
    }

    /// <summary>Adds a <see cref="TextSearchStore{TKey}"/> and a <see cref="TextSearchProvider"/> over it.</summary>
    /// <typeparam name="TKey">The type of the key: <see cref="string"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="collectionName">The name of the collection. The first use creates the collection.</param>
    /// <param name="dimensions">
    /// The length of the embeddings. If <see langword="null"/>, the metadata of the generator must contain it.
    /// </param>
    /// <param name="storeOptions">The options of the store. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="providerOptions">The options of the provider. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the services are registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="builder"/> or <paramref name="collectionName"/> is <see langword="null"/>, or the name is blank.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    [Experimental("SKEXP0130")]
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
