using System.Diagnostics.Metrics;
using Jina.Extensions.AI.Scheduling;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Registers a generator, its options, and the services that belong to it.</summary>
internal static class GeneratorRegistration
{
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(
        this IServiceCollection services, object? serviceKey, Action<JinaEmbeddingOptions> configure)
    {
        services.Configure(RegisteredModel.OptionsNameOf(serviceKey), configure);
        return services.Register(serviceKey, new RegisteredModel(serviceKey));
    }

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(
        this IServiceCollection services, object? serviceKey, IConfiguration section)
    {
        services.AddSingleton<IConfigureOptions<JinaEmbeddingOptions>>(Configured);
        services.AddSingleton<IValidateOptions<JinaEmbeddingOptions>>(Configured);
        return services.Register(serviceKey, new RegisteredModel(serviceKey, ConfiguredOptions.PrefixOf(section)));

        ConfiguredOptions Configured(IServiceProvider provider) =>
            new(RegisteredModel.OptionsNameOf(serviceKey), section, provider.GetService<IHostEnvironment>());
    }

    /// <summary>Returns the generator of a key, also if the application registered it without <c>AddJinaEmbeddings</c>.</summary>
    /// <exception cref="InvalidOperationException">A Jina model with this key is not registered.</exception>
    public static JinaEmbeddingGenerator GetJinaGenerator(this IServiceProvider provider, object? serviceKey) =>
        provider.GetKeyedService<JinaEmbeddingGenerator>(serviceKey)
        ?? provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey)?.GetService<JinaEmbeddingGenerator>()
        ?? throw new InvalidOperationException(serviceKey is null
            ? "No Jina model is registered. Add one with AddJinaEmbeddings."
            : $"No Jina model is registered with the key '{serviceKey}'. Add one with AddKeyedJinaEmbeddings.");

    private static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(
        this IServiceCollection services, object? serviceKey, RegisteredModel model)
    {
        if (services.All(service => service.ServiceType != typeof(RegisteredModel)))
        {
            services.TryAddSingleton<ThreadSlots>();
            services.TryAddTransient<IOptionsFactory<JinaEmbeddingOptions>, ModelOptionsFactory>();
            services.AddOptionsWithValidateOnStart<AllModels>()
                .Configure<IOptionsMonitor<JinaEmbeddingOptions>, IEnumerable<RegisteredModel>>(AllModels.Validate);
        }

        services.AddSingleton(model);
        services.AddSingleton<IPostConfigureOptions<JinaEmbeddingOptions>>(model);
        services.AddSingleton<IValidateOptions<JinaEmbeddingOptions>>(model);
        services.TryAddKeyedSingleton(serviceKey, CreateGenerator);
        services.TryAddKeyedSingleton(serviceKey, ReadTokenizer);
        services.TryAddKeyedSingleton<Tokenizer>(serviceKey, static (provider, key) => provider.Resolve<T5Tokenizer>(key));
        services.TryAddKeyedSingleton(serviceKey, static (provider, key) => new TokenChunker(provider.Resolve<T5Tokenizer>(key)));
        return serviceKey is null
            ? services.AddEmbeddingGenerator(static provider => provider.GetRequiredService<JinaEmbeddingGenerator>())
            : services.AddKeyedEmbeddingGenerator(
                serviceKey, provider => provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(serviceKey));
    }

    private static JinaEmbeddingGenerator CreateGenerator(IServiceProvider provider, object? serviceKey)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<JinaEmbeddingOptions>>().Get(RegisteredModel.OptionsNameOf(serviceKey));
        var threads = provider.GetRequiredService<ThreadSlots>();
        return new JinaEmbeddingGenerator(options, threads, provider.GetService<ILoggerFactory>(), provider.GetService<IMeterFactory>())
        {
            ServiceKey = serviceKey,
        };
    }

    /// <summary>Returns the tokenizer of a model without a download: resolving a service must not wait for the network.</summary>
    private static T5Tokenizer ReadTokenizer(IServiceProvider provider, object? serviceKey)
    {
        var generator = provider.Resolve<JinaEmbeddingGenerator>(serviceKey);
        return generator.GetService<T5Tokenizer>() ?? throw new InvalidOperationException(
            $"The tokenizer of {generator.Model.Name} cannot be read: the files of the model are not on this machine or not valid. "
            + "Warm up the model before resolving its tokenizer or chunker (AddJinaEmbeddingsWarmUp), "
            + "or await JinaEmbeddingGenerator.GetTokenizerAsync(), which downloads the files and reports what is wrong with them.");
    }

    private static T Resolve<T>(this IServiceProvider provider, object? serviceKey)
        where T : notnull => serviceKey is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(serviceKey);

    /// <summary>Represents the options of all models together, so that a host validates them in one step when it starts.</summary>
    private sealed class AllModels
    {
        public static void Validate(AllModels all, IOptionsMonitor<JinaEmbeddingOptions> options, IEnumerable<RegisteredModel> models)
        {
            foreach (var model in models)
            {
                options.Get(model.OptionsName);
            }
        }
    }
}
