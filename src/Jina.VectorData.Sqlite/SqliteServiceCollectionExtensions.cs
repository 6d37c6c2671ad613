using System.Diagnostics.CodeAnalysis;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers SQLite vector stores and collections.</summary>
/// <remarks>
/// Where the options name no embedding generator, the container's <see cref="IEmbeddingGenerator"/> without a key is used,
/// if there is one. Registering does no work. The container disposes what it made.
/// </remarks>
public static class SqliteServiceCollectionExtensions
{
    private const string Mapping = "Maps a .NET type at run time. For Native AOT and trimmed apps register a store and use GetDynamicCollection.";

    /// <summary>Registers a store, as itself and as <see cref="VectorStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the store. One per file, a singleton, is best.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is null or blank.</exception>
    public static IServiceCollection AddSqliteVectorStore(this IServiceCollection services, string connectionString, SqliteVectorStoreOptions? options = null, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedSqliteVectorStore(null, connectionString, options, lifetime);

    /// <summary>Registers a store, as itself and as <see cref="VectorStore"/>, whose settings come from the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionStringProvider">Returns the connection string.</param>
    /// <param name="optionsProvider">Returns the options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connectionStringProvider"/> is null.</exception>
    public static IServiceCollection AddSqliteVectorStore(this IServiceCollection services, Func<IServiceProvider, string> connectionStringProvider, Func<IServiceProvider, SqliteVectorStoreOptions>? optionsProvider = null, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedSqliteVectorStore(null, connectionStringProvider, optionsProvider, lifetime);

    /// <summary>Registers a store under a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is null or blank.</exception>
    public static IServiceCollection AddKeyedSqliteVectorStore(this IServiceCollection services, object? serviceKey, string connectionString, SqliteVectorStoreOptions? options = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddKeyedSqliteVectorStore(serviceKey, _ => connectionString, _ => options!, lifetime);
    }

    /// <summary>Registers a store under a key, whose settings come from the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="connectionStringProvider">Returns the connection string.</param>
    /// <param name="optionsProvider">Returns the options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the store.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connectionStringProvider"/> is null.</exception>
    public static IServiceCollection AddKeyedSqliteVectorStore(this IServiceCollection services, object? serviceKey, Func<IServiceProvider, string> connectionStringProvider, Func<IServiceProvider, SqliteVectorStoreOptions>? optionsProvider = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionStringProvider);
        services.Add(new ServiceDescriptor(typeof(SqliteVectorStore), serviceKey, (provider, _) =>
        {
            var options = new SqliteVectorStoreOptions(optionsProvider?.Invoke(provider));
            options.EmbeddingGenerator ??= provider.GetService<IEmbeddingGenerator>();
            return new SqliteVectorStore(connectionStringProvider(provider), options);
        }, lifetime));
        services.Add(Forward<VectorStore, SqliteVectorStore>(serviceKey, lifetime));
        return services;
    }

    /// <summary>Registers a collection, as itself and by its abstractions.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="connectionString"/> is null or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddSqliteCollection<TKey, TRecord>(this IServiceCollection services, string name, string connectionString, SqliteCollectionOptions? options = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class => services.AddKeyedSqliteCollection<TKey, TRecord>(null, name, connectionString, options, lifetime);

    /// <summary>Registers a collection, as itself and by its abstractions, whose settings come from the container.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionStringProvider">Returns the connection string.</param>
    /// <param name="optionsProvider">Returns the options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connectionStringProvider"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddSqliteCollection<TKey, TRecord>(this IServiceCollection services, string name, Func<IServiceProvider, string> connectionStringProvider, Func<IServiceProvider, SqliteCollectionOptions>? optionsProvider = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class => services.AddKeyedSqliteCollection<TKey, TRecord>(null, name, connectionStringProvider, optionsProvider, lifetime);

    /// <summary>Registers a collection under a key.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, like <c>Data Source=rag.db</c>.</param>
    /// <param name="options">The options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="connectionString"/> is null or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddKeyedSqliteCollection<TKey, TRecord>(this IServiceCollection services, object? serviceKey, string name, string connectionString, SqliteCollectionOptions? options = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddKeyedSqliteCollection<TKey, TRecord>(serviceKey, name, _ => connectionString, _ => options!, lifetime);
    }

    /// <summary>Registers a collection under a key, whose settings come from the container.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="connectionStringProvider">Returns the connection string.</param>
    /// <param name="optionsProvider">Returns the options; null for the default ones.</param>
    /// <param name="lifetime">The lifetime of the collection.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connectionStringProvider"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    [RequiresDynamicCode(Mapping)]
    [RequiresUnreferencedCode(Mapping)]
    public static IServiceCollection AddKeyedSqliteCollection<TKey, TRecord>(this IServiceCollection services, object? serviceKey, string name, Func<IServiceProvider, string> connectionStringProvider, Func<IServiceProvider, SqliteCollectionOptions>? optionsProvider = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
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
