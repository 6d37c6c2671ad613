using Jina.Embeddings.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the endpoint that <c>MapJinaEmbeddings</c> maps.</summary>
public static class JinaEmbeddingEndpointServiceCollectionExtensions
{
    /// <summary>Sets the endpoint's options in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddJinaEmbeddingEndpoint(this IServiceCollection services, Action<JinaEmbeddingEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<JinaEmbeddingEndpointOptions>().Configure(configure);
        return services;
    }
}
