using Jina.Extensions.AI;
using Jina.SemanticKernel.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.Embeddings;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Jina embedding models to a kernel.</summary>
/// <remarks>
/// Each method registers what <see cref="JinaEmbeddingsServiceCollectionExtensions"/> registers and, on top of the same
/// generator, the obsolete <c>ITextEmbeddingGenerationService</c> for code that still asks for it. With a service id all
/// are keyed by it, as Semantic Kernel selects services.
/// </remarks>
public static class JinaKernelBuilderExtensions
{
    /// <summary>Adds a model with the default options.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="model">The model; null for jina-embedding-s-en-v1.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, JinaEmbeddingModel? model = null, string? serviceId = null) =>
        builder.AddJinaEmbeddings(options => options.Model = model ?? JinaEmbeddingModel.SmallEnV1, serviceId);

    /// <summary>Adds a model with options set in code.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="configure">Sets the options; called when the host starts, or the generator is first resolved.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configure"/> is null.</exception>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, Action<JinaEmbeddingOptions> configure, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = serviceId is null
            ? builder.Services.AddJinaEmbeddings(configure)
            : builder.Services.AddKeyedJinaEmbeddings(serviceId, configure);
        return builder.AddTextEmbeddingService(serviceId);
    }

    /// <summary>Adds a model with options from configuration.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="section">The keys are the names of the properties of <see cref="JinaEmbeddingOptions"/>. Read when the host starts, or the generator is first resolved.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="section"/> is null.</exception>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, IConfiguration section, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = serviceId is null
            ? builder.Services.AddJinaEmbeddings(section)
            : builder.Services.AddKeyedJinaEmbeddings(serviceId, section);
        return builder.AddTextEmbeddingService(serviceId);
    }

    private static IKernelBuilder AddTextEmbeddingService(this IKernelBuilder builder, string? serviceId)
    {
#pragma warning disable CS0618 // Code that has not moved to IEmbeddingGenerator yet asks for the obsolete interface.
        builder.Services.AddKeyedSingleton<ITextEmbeddingGenerationService>(serviceId, (provider, _) => new TextEmbeddingService(provider.GetGenerator(serviceId)));
#pragma warning restore CS0618
        return builder;
    }
}
