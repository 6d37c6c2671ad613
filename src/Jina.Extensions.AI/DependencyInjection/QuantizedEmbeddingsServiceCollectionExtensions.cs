using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers int8 and binary embeddings beside a registered generator of floats.</summary>
/// <remarks>
/// <para>Each method registers a singleton on top of the container's float generator, middleware included, and returns a
/// builder for middleware of its own. The order of the registrations does not matter. The float generator stays the
/// container's: disposing a quantising generator does nothing to it.</para>
/// <para>The non-generic <see cref="IEmbeddingGenerator"/>, of which there is one, stays what it was, so that vector stores
/// keep finding the floats.</para>
/// </remarks>
public static class QuantizedEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers int8 embeddings as <c>IEmbeddingGenerator&lt;string, Embedding&lt;sbyte&gt;&gt;</c>.</summary>
    /// <param name="services">The services, with a float generator by the time this one is resolved.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<sbyte>> AddInt8Embeddings(this IServiceCollection services) =>
        services.AddKeyedInt8Embeddings(serviceKey: null);

    /// <summary>Registers int8 embeddings under the key of a float generator.</summary>
    /// <param name="services">The services, with a float generator under this key by the time this one is resolved.</param>
    /// <param name="serviceKey">The key of both, e.g. <c>"large"</c>; null for none.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<sbyte>> AddKeyedInt8Embeddings(this IServiceCollection services, object? serviceKey) =>
        services.Add(serviceKey, provider => new Int8EmbeddingGenerator(Floats(provider, serviceKey), leaveOpen: true));

    /// <summary>Registers binary embeddings as <c>IEmbeddingGenerator&lt;string, BinaryEmbedding&gt;</c>.</summary>
    /// <param name="services">The services, with a float generator by the time this one is resolved.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, BinaryEmbedding> AddBinaryEmbeddings(this IServiceCollection services) =>
        services.AddKeyedBinaryEmbeddings(serviceKey: null);

    /// <summary>Registers binary embeddings under the key of a float generator.</summary>
    /// <param name="services">The services, with a float generator under this key by the time this one is resolved.</param>
    /// <param name="serviceKey">The key of both, e.g. <c>"large"</c>; null for none.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, BinaryEmbedding> AddKeyedBinaryEmbeddings(this IServiceCollection services, object? serviceKey) =>
        services.Add(serviceKey, provider => new BinaryEmbeddingGenerator(Floats(provider, serviceKey), leaveOpen: true));

    /// <summary>The package's own registration would take the non-generic interface away from the floats.</summary>
    private static EmbeddingGeneratorBuilder<string, TEmbedding> Add<TEmbedding>(
        this IServiceCollection services, object? serviceKey, Func<IServiceProvider, IEmbeddingGenerator<string, TEmbedding>> create)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new EmbeddingGeneratorBuilder<string, TEmbedding>(create);
        services.AddKeyedSingleton(serviceKey, (provider, _) => builder.Build(provider));
        return builder;
    }

    /// <exception cref="InvalidOperationException">No float generator is registered under this key.</exception>
    private static IEmbeddingGenerator<string, Embedding<float>> Floats(IServiceProvider provider, object? serviceKey) =>
        (serviceKey is null
            ? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>()
            : provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey))
        ?? throw new InvalidOperationException(
            $"No IEmbeddingGenerator<string, Embedding<float>> to quantise is registered{(serviceKey is null ? string.Empty : $" under the key '{serviceKey}'")}; add one, e.g. by {(serviceKey is null ? "AddJinaEmbeddings" : "AddKeyedJinaEmbeddings")}.");
}
