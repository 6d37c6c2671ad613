using Jina.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Jina embedding models to a kernel.</summary>
/// <remarks>
/// Each method registers what <see cref="JinaEmbeddingsServiceCollectionExtensions"/> registers; with a service id the
/// generator is keyed by it, as Semantic Kernel selects services.
/// </remarks>
public static class JinaKernelBuilderExtensions
{
    /// <summary>Adds a model with the default options.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="model">The model; null for jina-embedding-s-en-v1.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, JinaEmbeddingModel? model = null, string? serviceId = null) =>
        builder.AddJinaEmbeddings(options => options.Model = model ?? JinaEmbeddingModel.SmallEnV1, serviceId);

    /// <summary>Adds a model with options set in code.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="configure">Sets the options; called when the generator is first resolved.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, Action<JinaEmbeddingOptions> configure, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = serviceId is null
            ? builder.Services.AddJinaEmbeddings(configure)
            : builder.Services.AddKeyedJinaEmbeddings(serviceId, configure);
        return builder;
    }

    /// <summary>Adds a model with options from configuration.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="section">The keys are the names of the properties of <see cref="JinaEmbeddingOptions"/>.</param>
    /// <param name="serviceId">The id to select it by; null for the kernel's only generator.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, IConfiguration section, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = serviceId is null
            ? builder.Services.AddJinaEmbeddings(section)
            : builder.Services.AddKeyedJinaEmbeddings(serviceId, section);
        return builder;
    }
}
