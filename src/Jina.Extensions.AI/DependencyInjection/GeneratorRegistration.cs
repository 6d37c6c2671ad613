using System.Diagnostics.Metrics;
using Jina.Extensions.AI.Scheduling;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>What every form of <c>AddJinaEmbeddings</c> comes down to.</summary>
internal static class GeneratorRegistration
{
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(this IServiceCollection services, object? serviceKey, Action<JinaEmbeddingOptions> configure)
    {
        var name = OptionsName(serviceKey);
        services.Configure(name, configure);
        services.AddSingleton<IValidateOptions<JinaEmbeddingOptions>>(new OptionsProblems(name, $"{nameof(JinaEmbeddingOptions)}{(serviceKey is null ? string.Empty : $" '{serviceKey}'")}."));
        return services.Register(serviceKey, name);
    }

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(this IServiceCollection services, object? serviceKey, IConfiguration section)
    {
        var name = OptionsName(serviceKey);
        var configured = new ConfiguredOptions(name, section);
        services.AddSingleton<IConfigureOptions<JinaEmbeddingOptions>>(configured);
        services.AddSingleton<IValidateOptions<JinaEmbeddingOptions>>(configured);
        services.AddSingleton<IValidateOptions<JinaEmbeddingOptions>>(new OptionsProblems(name, configured.Prefix));
        return services.Register(serviceKey, name);
    }

    /// <summary>Finds the generator of a key behind its middleware.</summary>
    /// <exception cref="InvalidOperationException">No Jina model is registered under the key.</exception>
    public static JinaEmbeddingGenerator GetJinaGenerator(this IServiceProvider provider, object? serviceKey) =>
        provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey)?.GetService<JinaEmbeddingGenerator>()
        ?? throw new InvalidOperationException(
            $"No Jina model is registered{(serviceKey is null ? string.Empty : $" under the key '{serviceKey}'")}; add it by {(serviceKey is null ? "AddJinaEmbeddings" : "AddKeyedJinaEmbeddings")}.");

    private static EmbeddingGeneratorBuilder<string, Embedding<float>> Register(this IServiceCollection services, object? serviceKey, string name)
    {
        services.AddOptionsWithValidateOnStart<JinaEmbeddingOptions>(name);
        services.TryAddSingleton<ThreadSlots>();
        if (!services.Any(service => service.ImplementationInstance is RegisteredJinaModel model && Equals(model.ServiceKey, serviceKey)))
        {
            services.AddSingleton(new RegisteredJinaModel(serviceKey));
        }

        return serviceKey is null
            ? services.AddEmbeddingGenerator(provider => Create(provider, name))
            : services.AddKeyedEmbeddingGenerator(serviceKey, provider => Create(provider, name));
    }

    private static JinaEmbeddingGenerator Create(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<IOptionsMonitor<JinaEmbeddingOptions>>().Get(name),
        provider.GetRequiredService<ThreadSlots>(),
        provider.GetService<ILoggerFactory>(),
        provider.GetService<IMeterFactory>());

    /// <summary>Keys that are no strings are told from those that are by their type.</summary>
    private static string OptionsName(object? serviceKey) => serviceKey switch
    {
        null => Microsoft.Extensions.Options.Options.DefaultName,
        string key => key,
        _ => $"{serviceKey.GetType().FullName}:{serviceKey}",
    };
}
