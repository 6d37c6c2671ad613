using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.SemanticKernel.DependencyInjection;

/// <summary>Finds the generator for a service ID: the generator with that key, or else the generator without a key.</summary>
internal static class RegisteredServices
{
    /// <exception cref="InvalidOperationException">A generator is not registered.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> GetGenerator(this IServiceProvider provider, string? serviceId)
    {
        var keyed = serviceId is null ? null : provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceId);
        var where = serviceId is null ? "" : $", neither under the key '{serviceId}' nor without a key";
        return keyed ?? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>() ?? throw new InvalidOperationException(
            $"No IEmbeddingGenerator<string, Embedding<float>> is registered{where}. Add one, for example with AddJinaEmbeddings.");
    }
}
