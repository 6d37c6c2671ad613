using Jina.Extensions.AI;
using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a hosted app adds to a registered Jina model: readiness before it starts, and a view of its health.</summary>
public static class JinaEmbeddingsHostingExtensions
{
    /// <summary>Downloads and loads a model and runs a text of each length class before the host reports that it has started, and before its other services start.</summary>
    /// <param name="services">The services, with a Jina model under this key by the time the host starts.</param>
    /// <param name="serviceKey">The key of the model; null for the one without a key.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>A model that cannot be loaded ends the start of the host with a <see cref="JinaModelException"/>, whose message is fit for a user.</remarks>
    public static IServiceCollection AddJinaEmbeddingsWarmUp(this IServiceCollection services, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<IHostedService>(provider => new WarmUpService(provider, serviceKey));
    }

    /// <summary>Adds a health check of a model; it loads nothing.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="tags">The check's tags, e.g. <c>["ready"]</c>; null for none.</param>
    /// <param name="serviceKey">The key of the model; null for the one without a key.</param>
    /// <param name="failureStatus">What a failed load is reported as; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <returns>The same health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// Named "jina_embeddings", followed by "_" and the key where there is one. A model that is ready is healthy; one that is
    /// loading or not loaded yet is degraded; one whose last load failed has <paramref name="failureStatus"/> and the reason.
    /// The data: model, state, active_calls, queued_texts, queued_tokens.
    /// </remarks>
    public static IHealthChecksBuilder AddJinaEmbeddingsHealthCheck(
        this IHealthChecksBuilder builder, IEnumerable<string>? tags = null, object? serviceKey = null, HealthStatus? failureStatus = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            serviceKey is null ? "jina_embeddings" : $"jina_embeddings_{serviceKey}",
            provider => new ModelHealthCheck(provider, serviceKey),
            failureStatus,
            tags));
    }
}
