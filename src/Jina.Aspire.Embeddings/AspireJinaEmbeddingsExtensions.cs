using Jina.Aspire.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

/// <summary>Provides methods that register a client of a Jina embeddings server in an app of Aspire.</summary>
public static class AspireJinaEmbeddingsExtensions
{
    private const string TelemetryName = "Jina.Aspire.Embeddings";

    /// <summary>
    /// Registers an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts that requests a server, with a health check, traces and
    /// metrics.
    /// </summary>
    /// <remarks>
    /// The settings are read from the configuration section <c>Aspire:Jina:Embeddings</c> and the connection string. Requests are sent by
    /// the HTTP client that is named like the connection, so the handlers for resilience that the app configures apply. Without them,
    /// requests are not repeated. The generator can be used from several threads.
    /// </remarks>
    /// <param name="builder">The builder of the app.</param>
    /// <param name="connectionName">The name of the connection string, which is the name of the resource in the AppHost.</param>
    /// <param name="configureSettings">A method that changes the settings after they are read. It can be <see langword="null"/>.</param>
    /// <returns>A builder that adds middleware to the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionName"/> is null, empty or white space.</exception>
    /// <exception cref="InvalidOperationException">
    /// A setting or the connection string cannot be read. If the address of the server is missing, the exception is thrown when the
    /// generator is created.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddingsClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<JinaEmbeddingsClientSettings>? configureSettings = null)
    {
        var settings = AddClient(builder, connectionName, configureSettings);
        return builder.Services
            .AddEmbeddingGenerator(services => CreateClient(services, connectionName, settings))
            .AddTelemetry(settings);
    }

    /// <summary>
    /// Registers an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> under the name of its connection as the service key. Otherwise,
    /// it is like <see cref="AddJinaEmbeddingsClient"/>.
    /// </summary>
    /// <param name="builder">The builder of the app.</param>
    /// <param name="name">The service key, and the name of the connection string.</param>
    /// <param name="configureSettings">A method that changes the settings after they are read. It can be <see langword="null"/>.</param>
    /// <returns>A builder that adds middleware to the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    /// <exception cref="InvalidOperationException">
    /// A setting or the connection string cannot be read. If the address of the server is missing, the exception is thrown when the
    /// generator is created.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddingsClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<JinaEmbeddingsClientSettings>? configureSettings = null)
    {
        var settings = AddClient(builder, name, configureSettings);
        return builder.Services
            .AddKeyedEmbeddingGenerator(name, services => CreateClient(services, name, settings))
            .AddTelemetry(settings);
    }

    private static JinaEmbeddingsClientSettings AddClient(
        IHostApplicationBuilder builder, string connectionName, Action<JinaEmbeddingsClientSettings>? configureSettings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
        var settings = ConnectionSettings.Read(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        // The generator keeps its HTTP client, so connections are renewed by age and the handler is not.
        builder.Services.AddHttpClient(connectionName)
            .UseSocketsHttpHandler(static (handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(static () => new WholeResponseHandler());
        AddHealthCheck(builder, connectionName, settings);
        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(static tracing => tracing.AddSource(TelemetryName));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddMeter(TelemetryName));
        }

        return settings;
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string connectionName, JinaEmbeddingsClientSettings settings)
    {
        // Two checks of one name are an error. An app can register a connection with and without a key.
        var name = $"Jina.Embeddings_{connectionName}";
        if (!settings.DisableHealthChecks && builder.Properties.TryAdd(name, true))
        {
            var check = new ServerHealthCheck(connectionName, settings);
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(name, check, failureStatus: null, tags: null));
        }
    }

    private static JinaEmbeddingsClient CreateClient(
        IServiceProvider services, string connectionName, JinaEmbeddingsClientSettings settings)
    {
        var address = settings.RequireAddress(connectionName);
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(connectionName);
        return JinaEmbeddingsClient.Create(http, address, settings);
    }

    private static EmbeddingGeneratorBuilder<string, Embedding<float>> AddTelemetry(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, JinaEmbeddingsClientSettings settings) =>
        settings is { DisableTracing: true, DisableMetrics: true } ? builder : builder.UseOpenTelemetry(sourceName: TelemetryName);
}
