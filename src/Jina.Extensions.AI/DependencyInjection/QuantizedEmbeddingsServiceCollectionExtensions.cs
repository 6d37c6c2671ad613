using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers generators of int8 and binary embeddings beside a registered float generator.</summary>
/// <remarks>
/// <para>Each method registers a singleton on top of the float generator of the container, including its middleware, and returns a
/// builder for its own middleware. The order of the registrations does not matter. The container still owns the float generator:
/// disposing a quantizing generator does not dispose it.</para>
/// <para>The non-generic <see cref="IEmbeddingGenerator"/> is not registered, so vector stores still find the float generator.</para>
/// </remarks>
public static class QuantizedEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers int8 embeddings as <c>IEmbeddingGenerator&lt;string, Embedding&lt;sbyte&gt;&gt;</c>.</summary>
    /// <param name="services">The services. The float generator can be registered later.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<sbyte>> AddInt8Embeddings(this IServiceCollection services) =>
        services.AddKeyedInt8Embeddings(serviceKey: null);

    /// <summary>Registers int8 embeddings under the key of a float generator.</summary>
    /// <param name="services">The services. The float generator can be registered later.</param>
    /// <param name="serviceKey">The key of both generators, e.g. <c>"large"</c>, or <see langword="null"/> for no key.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<sbyte>> AddKeyedInt8Embeddings(
        this IServiceCollection services, object? serviceKey) =>
        services.Add(serviceKey, provider => new Int8EmbeddingGenerator(GetFloats(provider, serviceKey), leaveOpen: true));

    /// <summary>Registers binary embeddings as <c>IEmbeddingGenerator&lt;string, BinaryEmbedding&gt;</c>.</summary>
    /// <param name="services">The services. The float generator can be registered later.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, BinaryEmbedding> AddBinaryEmbeddings(this IServiceCollection services) =>
        services.AddKeyedBinaryEmbeddings(serviceKey: null);

    /// <summary>Registers binary embeddings under the key of a float generator.</summary>
    /// <param name="services">The services. The float generator can be registered later.</param>
    /// <param name="serviceKey">The key of both generators, e.g. <c>"large"</c>, or <see langword="null"/> for no key.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, BinaryEmbedding> AddKeyedBinaryEmbeddings(
        this IServiceCollection services, object? serviceKey) =>
        services.Add(serviceKey, provider => new BinaryEmbeddingGenerator(GetFloats(provider, serviceKey), leaveOpen: true));

    /// <summary>Registers a generator. <c>AddEmbeddingGenerator</c> would also replace the non-generic interface of the floats.</summary>
    private static EmbeddingGeneratorBuilder<string, TEmbedding> Add<TEmbedding>(
        this IServiceCollection services, object? serviceKey, Func<IServiceProvider, IEmbeddingGenerator<string, TEmbedding>> create)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new EmbeddingGeneratorBuilder<string, TEmbedding>(create);
        services.AddKeyedSingleton(serviceKey, (provider, _) => builder.Build(provider));
        return builder;
    }

    /// <exception cref="InvalidOperationException">A float generator with this key is not registered.</exception>
    private static IEmbeddingGenerator<string, Embedding<float>> GetFloats(IServiceProvider provider, object? serviceKey)
    {
        if (serviceKey is null)
        {
            return provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>() ?? throw new InvalidOperationException(
                "No IEmbeddingGenerator<string, Embedding<float>> to quantize is registered. Add one, e.g. with AddJinaEmbeddings.");
        }

        return provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey) ?? throw new InvalidOperationException(
            $"No IEmbeddingGenerator<string, Embedding<float>> to quantize is registered with the key '{serviceKey}'. "
            + "Add one, e.g. with AddKeyedJinaEmbeddings.");
    }
}
