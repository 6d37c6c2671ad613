using Jina.Extensions.AI;
using Jina.SemanticKernel.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.SemanticKernel.Embeddings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Jina embedding models under the naming convention of Semantic Kernel's connectors.</summary>
public static class JinaEmbeddingGeneratorServiceCollectionExtensions
{
    /// <summary>Registers a model as an embedding generator.</summary>
    /// <remarks>
    /// Registers what <see cref="JinaEmbeddingsServiceCollectionExtensions"/> registers and, over the same generator, the obsolete
    /// <c>ITextEmbeddingGenerationService</c> for code that still uses it.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="modelId">
    /// The name of a published model, a model directory, or <c>org/name</c> on the hub. If <see langword="null"/>,
    /// jina-embedding-s-en-v1 is used.
    /// </param>
    /// <param name="configure">The callback that sets further options. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="serviceId">The service key. If <see langword="null"/>, the generator is registered without a key.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> does not name a model.</exception>
    public static IServiceCollection AddJinaEmbeddingGenerator(
        this IServiceCollection services,
        string? modelId = null,
        Action<JinaEmbeddingOptions>? configure = null,
        string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var model = modelId is null ? JinaEmbeddingModel.SmallEnV1 : JinaEmbeddingModel.Parse(modelId);
        return services.AddGeneratorAndTextService(
            options =>
            {
                options.Model = model;
                configure?.Invoke(options);
            },
            serviceId);
    }

    internal static IServiceCollection AddGeneratorAndTextService(
        this IServiceCollection services, Action<JinaEmbeddingOptions> configure, string? serviceId)
    {
        _ = serviceId is null ? services.AddJinaEmbeddings(configure) : services.AddKeyedJinaEmbeddings(serviceId, configure);
        return services.AddTextService(serviceId);
    }

    internal static IServiceCollection AddGeneratorAndTextService(
        this IServiceCollection services, IConfiguration section, string? serviceId)
    {
        _ = serviceId is null ? services.AddJinaEmbeddings(section) : services.AddKeyedJinaEmbeddings(serviceId, section);
        return services.AddTextService(serviceId);
    }

#pragma warning disable CS0618 // Code that has not moved to IEmbeddingGenerator resolves the obsolete interface.
    private static IServiceCollection AddTextService(this IServiceCollection services, string? serviceId) =>
        services.AddKeyedSingleton<ITextEmbeddingGenerationService>(
            serviceId, (provider, _) => new TextEmbeddingService(provider.GetGenerator(serviceId)));
#pragma warning restore CS0618
}
