using Jina.Embeddings.AspNetCore;
using Jina.Embeddings.AspNetCore.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the endpoint that <c>MapJinaEmbeddings</c> maps. Calling these methods is optional.</summary>
/// <remarks>
/// Code and configuration can be combined. The options are checked when the host starts and when the endpoint is mapped. All problems
/// are reported at once, in an <see cref="OptionsValidationException"/>.
/// </remarks>
public static class JinaEmbeddingEndpointServiceCollectionExtensions
{
    /// <summary>Configures the endpoint's options in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">The delegate that sets the options. It is called when the endpoint is mapped.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddJinaEmbeddingEndpoint(
        this IServiceCollection services, Action<JinaEmbeddingEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.AddValidation();
    }

    /// <summary>Configures the endpoint's options from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">
    /// The section. Its keys are the names of the options: ApiKeys (a list, or one key), MaxInputs, MaxTokens, MaxBodyBytes,
    /// MaxMemoryBytes, MaxConcurrentRequests, MaxQueuedInputs, StrictModel, StrictFields, TokenIdEncoding. All other keys are rejected.
    /// The section is read when the endpoint is mapped.
    /// </param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddJinaEmbeddingEndpoint(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        var configured = new ConfiguredEndpointOptions(section);
        services.AddSingleton(configured);
        services.AddSingleton<IConfigureOptions<JinaEmbeddingEndpointOptions>>(configured);
        return services.AddValidation();
    }

    private static IServiceCollection AddValidation(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JinaEmbeddingEndpointOptions>, EndpointOptionsValidator>());
        services.AddOptionsWithValidateOnStart<JinaEmbeddingEndpointOptions>();
        return services;
    }
}
