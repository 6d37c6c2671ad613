using Jina.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Jina embedding models to a kernel.</summary>
/// <remarks>
/// Each method registers what <see cref="JinaEmbeddingsServiceCollectionExtensions"/> registers and, over the same generator,
/// the obsolete <c>ITextEmbeddingGenerationService</c> for code that still uses it. If a service ID is passed, it is the key of
/// all these services, so that Semantic Kernel can select them by it.
/// </remarks>
public static class JinaKernelBuilderExtensions
{
    /// <summary>Adds a model with the default options.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="model">The model. If <see langword="null"/>, jina-embedding-s-en-v1 is used.</param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the generator is registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IKernelBuilder AddJinaEmbeddings(
        this IKernelBuilder builder, JinaEmbeddingModel? model = null, string? serviceId = null) =>
        builder.AddJinaEmbeddings(options => options.Model = model ?? JinaEmbeddingModel.SmallEnV1, serviceId);

    /// <summary>Adds a model with options set in code.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs when the host starts or when the generator is first resolved.
    /// </param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the generator is registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/> or <paramref name="configure"/> is <see langword="null"/>.
    /// </exception>
    public static IKernelBuilder AddJinaEmbeddings(
        this IKernelBuilder builder, Action<JinaEmbeddingOptions> configure, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGeneratorAndTextService(configure, serviceId);
        return builder;
    }

    /// <summary>Adds a model with options from configuration.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="section">
    /// The configuration section. Its keys are the property names of <see cref="JinaEmbeddingOptions"/>. It is read when the host
    /// starts or when the generator is first resolved.
    /// </param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the generator is registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/> or <paramref name="section"/> is <see langword="null"/>.
    /// </exception>
    public static IKernelBuilder AddJinaEmbeddings(this IKernelBuilder builder, IConfiguration section, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGeneratorAndTextService(section, serviceId);
        return builder;
    }

    /// <summary>Adds a model by its name, with the naming convention of Semantic Kernel's connectors.</summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="modelId">
    /// The name of a published model, a model directory, or <c>org/name</c> on the hub. If <see langword="null"/>,
    /// jina-embedding-s-en-v1 is used.
    /// </param>
    /// <param name="configure">The callback that sets further options. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="serviceId">The service ID. If <see langword="null"/>, the generator is registered without a key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> does not name a model.</exception>
    public static IKernelBuilder AddJinaEmbeddingGenerator(
        this IKernelBuilder builder,
        string? modelId = null,
        Action<JinaEmbeddingOptions>? configure = null,
        string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJinaEmbeddingGenerator(modelId, configure, serviceId);
        return builder;
    }
}
