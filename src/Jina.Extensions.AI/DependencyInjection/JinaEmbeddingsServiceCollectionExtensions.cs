using Jina.Extensions.AI;
using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.ML.Tokenizers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Jina embedding models.</summary>
/// <remarks>
/// <para>Each method registers these singletons, under the key of the model if there is one, and returns a builder for middleware:</para>
/// <list type="bullet">
/// <item><see cref="IEmbeddingGenerator{String, Embedding}"/> and the non-generic <see cref="IEmbeddingGenerator"/>, which vector stores
/// look for: the generator with its middleware.</item>
/// <item><see cref="JinaEmbeddingGenerator"/>: the same generator without middleware, e.g. for streaming.</item>
/// <item><see cref="T5Tokenizer"/> and <see cref="TokenChunker"/>, and <see cref="Tokenizer"/>. If the application registers its own
/// ones, those are used.</item>
/// </list>
/// <para>The model is loaded by the first request, or by <see cref="JinaEmbeddingsHostingExtensions.AddJinaEmbeddingsWarmUp"/>. The
/// tokenizer and the chunker are created when they are first resolved, from the small tokenizer file and without a download. If the
/// model is not on this machine yet, resolving them throws an <see cref="InvalidOperationException"/>. A service that is created before
/// the warm-up, such as a hosted service, should inject the <see cref="JinaEmbeddingGenerator"/> and await
/// <see cref="JinaEmbeddingGenerator.GetTokenizerAsync"/> instead.</para>
/// <para>The options are named options: the key is their name, and the model without a key has the default name. A host validates them
/// when it starts; without a host, they are validated when a generator is first resolved. An <see cref="OptionsValidationException"/>
/// lists the problems of all models. If a model is registered twice with one key, both registrations configure it.</para>
/// <para>The models of one container share their threads (<see cref="JinaEmbeddingOptions.MaxThreads"/>), logger and meter. The container
/// disposes them.</para>
/// </remarks>
public static class JinaEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers jina-embedding-s-en-v1 with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(this IServiceCollection services) =>
        services.AddJinaEmbeddings(static _ => { });

    /// <summary>Registers a model with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="model"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(
        this IServiceCollection services, JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return services.AddJinaEmbeddings(options => options.Model = model);
    }

    /// <summary>Registers a model with options that are set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options. It is called when the host starts, or when the generator is first resolved.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="configure"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(
        this IServiceCollection services, Action<JinaEmbeddingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.Register(serviceKey: null, configure);
    }

    /// <summary>Registers a model with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section whose keys are the names of the options: Model (a catalog name, a model directory, or org/name on the hub),
    /// CacheDirectory, Offline, HubEndpoint, HubToken, Normalize, Truncation, MaxTokens, SpecialTokensAsText, PreferOnnxExport,
    /// Precision, MaxThreads, MaxBatchTokens, ReleaseMemoryWhenIdle. It is read when the host starts, or when the generator is first
    /// resolved.
    /// </param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="section"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddJinaEmbeddings(
        this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.Register(serviceKey: null, section);
    }

    /// <summary>Registers a model under a key, with the default options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>. If <see langword="null"/>, the model has no key.</param>
    /// <param name="model">The model.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="model"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(
        this IServiceCollection services, object? serviceKey, JinaEmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return services.AddKeyedJinaEmbeddings(serviceKey, options => options.Model = model);
    }

    /// <summary>Registers a model under a key, with options that are set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>. If <see langword="null"/>, the model has no key.</param>
    /// <param name="configure">Sets the options. It is called when the host starts, or when the generator is first resolved.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="configure"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(
        this IServiceCollection services, object? serviceKey, Action<JinaEmbeddingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.Register(serviceKey, configure);
    }

    /// <summary>Registers a model under a key, with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, e.g. <c>"large"</c>. If <see langword="null"/>, the model has no key.</param>
    /// <param name="section">The section, with the keys of <see cref="AddJinaEmbeddings(IServiceCollection, IConfiguration)"/>.</param>
    /// <returns>A builder to add middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="section"/> is <see langword="null"/>.
    /// </exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedJinaEmbeddings(
        this IServiceCollection services, object? serviceKey, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.Register(serviceKey, section);
    }
}
