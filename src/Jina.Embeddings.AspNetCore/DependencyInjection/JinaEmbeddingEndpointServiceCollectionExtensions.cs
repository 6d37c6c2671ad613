using Jina.Embeddings.AspNetCore;
using Jina.Embeddings.AspNetCore.DependencyInjection;
using Jina.Embeddings.AspNetCore.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the endpoint that <c>MapJinaEmbeddings</c> maps; without it the defaults apply.</summary>
/// <remarks>
/// Code and configuration may be combined. A host checks the options when it starts, mapping checks them, too, and all that is
/// wrong is told at once, as an <see cref="OptionsValidationException"/>.
/// </remarks>
public static class JinaEmbeddingEndpointServiceCollectionExtensions
{
    /// <summary>Sets the endpoint's options in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; called when the endpoint is mapped.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddJinaEmbeddingEndpoint(this IServiceCollection services, Action<JinaEmbeddingEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.Validate();
    }

    /// <summary>Sets the endpoint's options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The keys are the names of the options: ApiKeys (a list, or one key), MaxInputs, MaxTokens, MaxBodyBytes,
    /// MaxConcurrentRequests, MaxQueuedInputs, StrictModel. Any other key is refused. Read when the endpoint is mapped.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddJinaEmbeddingEndpoint(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        var configured = new ConfiguredEndpointOptions(section);
        services.AddSingleton(configured);
        services.AddSingleton<IConfigureOptions<JinaEmbeddingEndpointOptions>>(configured);
        return services.Validate();
    }

    private static IServiceCollection Validate(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JinaEmbeddingEndpointOptions>, EndpointOptionsProblems>());
        services.AddOptionsWithValidateOnStart<JinaEmbeddingEndpointOptions>();
        return services;
    }
}
