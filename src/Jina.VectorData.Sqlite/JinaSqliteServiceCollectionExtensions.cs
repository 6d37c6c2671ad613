using System.Diagnostics.CodeAnalysis;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers SQLite vector stores and collections.</summary>
/// <remarks>
/// If the options do not specify an embedding generator, the container's <see cref="IEmbeddingGenerator"/> without a key is used,
/// if there is one. The same applies to the container's <see cref="ILoggerFactory"/>. Registration does not open the file. The container
/// disposes the stores and collections that it creates.
/// </remarks>
public static class JinaSqliteServiceCollectionExtensions
{
    private const string Mapping =
        "Maps a .NET type at run time. For Native AOT and trimmed apps, register a store and use GetDynamicCollection.";

    /// <summary>Registers a vector store, as <see cref="SqliteVectorStore"/> and <see cref="VectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the store. Use one store per file, so a singleton is best.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is <see langword="null"/> or blank.</exception>
    public static IServiceCollection AddJinaSqliteVectorStore(
        this IServiceCollection services,
        string connectionString,
        SqliteVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedJinaSqliteVectorStore(null, connectionString, options, lifetime);

    /// <summary>Registers a vector store with settings from the container.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="connectionStringProvider">A function that returns the connection string.</param>
    /// <param name="optionsProvider">A function that returns the options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="connectionStringProvider"/> is <see langword="null"/>.
    /// </exception>
    public static IServiceCollection AddJinaSqliteVectorStore(
        this IServiceCollection services,
        Func<IServiceProvider, string> connectionStringProvider,
        Func<IServiceProvider, SqliteVectorStoreOptions>? optionsProvider = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedJinaSqliteVectorStore(null, connectionStringProvider, optionsProvider, lifetime);

    /// <summary>Registers a vector store under a service key.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The service key.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is <see langword="null"/> or blank.</exception>
    public static IServiceCollection AddKeyedJinaSqliteVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        string connectionString,
        SqliteVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddKeyedJinaSqliteVectorStore(serviceKey, _ => connectionString, _ => options!, lifetime);
    }

    /// <summary>Registers a vector store under a service key, with settings from the container.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The service key.</param>
    /// <param name="connectionStringProvider">A function that returns the connection string.</param>
    /// <param name="optionsProvider">A function that returns the options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="connectionStringProvider"/> is <see langword="null"/>.
    /// </exception>
    public static IServiceCollection AddKeyedJinaSqliteVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        Func<IServiceProvider, string> connectionStringProvider,
        Func<IServiceProvider, SqliteVectorStoreOptions>? optionsProvider = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionStringProvider);
        services.Add(new ServiceDescriptor(typeof(SqliteVectorStore), serviceKey, (provider, _) =>
        {
            var options = new SqliteVectorStoreOptions(optionsProvider?.Invoke(provider));
            options.EmbeddingGenerator ??= provider.GetService<IEmbeddingGenerator>();
            options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
            return new SqliteVectorStore(connectionStringProvider(provider), options);
        }, lifetime));
        services.Add(Forward<VectorStore, SqliteVectorStore>(serviceKey, lifetime));
        return services;
    }

    /// <summary>Registers a collection, as <see cref="SqliteCollection{TKey, TRecord}"/> and its abstractions.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> or <paramref name="connectionString"/> is <see langword="null"/> or blank.
    /// </exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddJinaSqliteCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        string connectionString,
        SqliteCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class => services.AddKeyedJinaSqliteCollection<TKey, TRecord>(null, name, connectionString, options, lifetime);

    /// <summary>Registers a collection with settings from the container.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionStringProvider">A function that returns the connection string.</param>
    /// <param name="optionsProvider">A function that returns the options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="connectionStringProvider"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddJinaSqliteCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, string> connectionStringProvider,
        Func<IServiceProvider, SqliteCollectionOptions>? optionsProvider = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class =>
        services.AddKeyedJinaSqliteCollection<TKey, TRecord>(null, name, connectionStringProvider, optionsProvider, lifetime);

    /// <summary>Registers a collection under a service key.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The service key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite, such as <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> or <paramref name="connectionString"/> is <see langword="null"/> or blank.
    /// </exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddKeyedJinaSqliteCollection<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string name,
        string connectionString,
        SqliteCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddKeyedJinaSqliteCollection<TKey, TRecord>(serviceKey, name, _ => connectionString, _ => options!, lifetime);
    }

    /// <summary>Registers a collection under a service key, with settings from the container.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The service key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionStringProvider">A function that returns the connection string.</param>
    /// <param name="optionsProvider">A function that returns the options. If <see langword="null"/>, the default values are used.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="connectionStringProvider"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddKeyedJinaSqliteCollection<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string name,
        Func<IServiceProvider, string> connectionStringProvider,
        Func<IServiceProvider, SqliteCollectionOptions>? optionsProvider = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(connectionStringProvider);
        services.Add(new ServiceDescriptor(typeof(SqliteCollection<TKey, TRecord>), serviceKey, (provider, _) =>
        {
            var options = new SqliteCollectionOptions(optionsProvider?.Invoke(provider));
            options.EmbeddingGenerator ??= provider.GetService<IEmbeddingGenerator>();
            options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
            return new SqliteCollection<TKey, TRecord>(connectionStringProvider(provider), name, options);
        }, lifetime));
        services.Add(Forward<VectorStoreCollection<TKey, TRecord>, SqliteCollection<TKey, TRecord>>(serviceKey, lifetime));
        services.Add(Forward<IVectorSearchable<TRecord>, SqliteCollection<TKey, TRecord>>(serviceKey, lifetime));
        services.Add(Forward<IKeywordHybridSearchable<TRecord>, SqliteCollection<TKey, TRecord>>(serviceKey, lifetime));
        return services;
    }

    private static ServiceDescriptor Forward<TService, TImplementation>(object? serviceKey, ServiceLifetime lifetime)
        where TService : class
        where TImplementation : notnull, TService =>
        new(typeof(TService), serviceKey, static (provider, key) => provider.GetRequiredKeyedService<TImplementation>(key), lifetime);
}
