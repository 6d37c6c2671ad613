using Jina.Extensions.AI;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Jina embedding models.</summary>
/// <remarks>
/// <para>Registering does no work: the model loads with the first embedding. Each method registers a singleton, disposed by
/// the container, both as <see cref="IEmbeddingGenerator{String, Embedding}"/> and as the non-generic
/// <see cref="IEmbeddingGenerator"/> that vector stores look for, and returns a builder for middleware.</para>
/// <para>The options are named options (<c>services.Configure</c> and its like work): without a name for the generator without
/// a key, else by the key. A host checks them when it starts and reports all that is wrong with them at once, as an
/// <see cref="OptionsValidationException"/>; without a host that happens when the generator is first resolved. What is
/// registered twice under one key is configured by both.</para>
/// <para>The models of one container share their threads (<see cref="JinaEmbeddingOptions.MaxThreads"/>), logger and meter.</para>
/// </remarks>
public static class JinaEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers jina-embedding-s-en-v1 with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(this IServiceCollection services) =>
        services.AddJinaEmbeddings(static _ => { });

    /// <summary>Registers a model with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="model"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(this IServiceCollection services, JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return services.AddJinaEmbeddings(options => options.Model = model);
    }

    /// <summary>Registers a model with options set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; called when the host starts, or the generator is first resolved.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(this IServiceCollection services, Action<JinaEmbeddingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.Register(serviceKey: null, configure);
    }

    /// <summary>Registers a model with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The keys are the names of the options: Model (a catalogue name, a folder, or org/name on the hub),
    /// CacheDirectory, Offline, HubEndpoint, HubToken, Normalize, Truncation, MaxTokens, SpecialTokensAsText,
    /// PreferOnnxExport, Precision, MaxThreads, MaxBatchTokens,
    /// ReleaseMemoryWhenIdle. Read when the host starts, or the generator is first resolved.
    /// </param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.Register(serviceKey: null, section);
    }

    /// <summary>Registers a model under a key, with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>.</param>
    /// <param name="model">The model.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="model"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(this IServiceCollection services, object? serviceKey, JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return services.AddKeyedJinaEmbeddings(serviceKey, options => options.Model = model);
    }

    /// <summary>Registers a model under a key, with options set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>.</param>
    /// <param name="configure">Sets the options; called when the host starts, or the generator is first resolved.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(this IServiceCollection services, object? serviceKey, Action<JinaEmbeddingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.Register(serviceKey, configure);
    }

    /// <summary>Registers a model under a key, with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>.</param>
    /// <param name="section">The keys are those of <see cref="AddJinaEmbeddings(IServiceCollection, IConfiguration)"/>.</param>
    /// <returns>A builder to put middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(this IServiceCollection services, object? serviceKey, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.Register(serviceKey, section);
    }
}
