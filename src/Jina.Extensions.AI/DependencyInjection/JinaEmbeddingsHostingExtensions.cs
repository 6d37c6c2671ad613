using Jina.Extensions.AI;
using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds warm-up and health checks of Jina models to a hosted app.</summary>
public static class JinaEmbeddingsHostingExtensions
{
    private const string DefaultCheckName = "jina_embeddings";

    /// <summary>Adds the warm-up of the model without a key. See <see cref="AddKeyedJinaEmbeddingsWarmUp"/>.</summary>
    /// <param name="services">The services. The model can be registered later.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddJinaEmbeddingsWarmUp(this IServiceCollection services) =>
        services.AddKeyedJinaEmbeddingsWarmUp(serviceKey: null);

    /// <summary>Adds the warm-up of a model: the host downloads and loads it before its other services start.</summary>
    /// <param name="services">The services. The model can be registered later.</param>
    /// <param name="serviceKey">The key of the model, or <see langword="null"/> for the model without a key.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The warm-up also embeds texts of several lengths, so that the first requests are as fast as later ones. If the model cannot be
    /// loaded, the host does not start and throws a <see cref="JinaModelException"/> whose message says what to do.
    /// </remarks>
    public static IServiceCollection AddKeyedJinaEmbeddingsWarmUp(this IServiceCollection services, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<IHostedService>(provider => new WarmUpService(provider, serviceKey));
    }

    /// <summary>Adds a health check of the model without a key. See <see cref="AddKeyedJinaEmbeddingsHealthCheck"/>.</summary>
    /// <param name="builder">The health checks builder.</param>
    /// <param name="name">The name of the health check. If <see langword="null"/>, it is <c>jina_embeddings</c>.</param>
    /// <param name="failureStatus">
    /// The status that is reported if the last load failed. If <see langword="null"/>, it is <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">The tags of the health check, e.g. <c>["ready"]</c>. If <see langword="null"/>, it has no tags.</param>
    /// <param name="timeout">The timeout of the health check. If <see langword="null"/>, the check has no timeout.</param>
    /// <returns>The same health checks builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHealthChecksBuilder AddJinaEmbeddingsHealthCheck(
        this IHealthChecksBuilder builder,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null) =>
        builder.AddKeyedJinaEmbeddingsHealthCheck(serviceKey: null, name, failureStatus, tags, timeout);

    /// <summary>Adds a health check of a model. The check does not load the model.</summary>
    /// <param name="builder">The health checks builder.</param>
    /// <param name="serviceKey">The key of the model, or <see langword="null"/> for the model without a key.</param>
    /// <param name="name">
    /// The name of the health check. If <see langword="null"/>, it is <c>jina_embeddings</c>, followed by <c>_</c> and the key.
    /// </param>
    /// <param name="failureStatus">
    /// The status that is reported if the last load failed. If <see langword="null"/>, it is <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">The tags of the health check, e.g. <c>["ready"]</c>. If <see langword="null"/>, it has no tags.</param>
    /// <param name="timeout">The timeout of the health check. If <see langword="null"/>, the check has no timeout.</param>
    /// <returns>The same health checks builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// <para>A model that is ready is <see cref="HealthStatus.Healthy"/>. A model that is loading, or not loaded yet, is
    /// <see cref="HealthStatus.Degraded"/>. If the last load failed, the check reports <paramref name="failureStatus"/> and the
    /// reason.</para>
    /// <para>The data of a report are <c>model</c>, <c>state</c>, <c>active_requests</c>, <c>queued_texts</c> and
    /// <c>queued_tokens</c>.</para>
    /// </remarks>
    public static IHealthChecksBuilder AddKeyedJinaEmbeddingsHealthCheck(
        this IHealthChecksBuilder builder,
        object? serviceKey,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (serviceKey is null ? DefaultCheckName : $"{DefaultCheckName}_{serviceKey}"),
            provider => new ModelHealthCheck(provider, serviceKey),
            failureStatus,
            tags,
            timeout));
    }
}
