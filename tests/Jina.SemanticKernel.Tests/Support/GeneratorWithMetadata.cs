using Microsoft.Extensions.AI;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>Represents the demo model with the metadata of a test. If <see langword="null"/>, it has no metadata.</summary>
internal sealed class GeneratorWithMetadata(EmbeddingGeneratorMetadata? metadata) : IEmbeddingGenerator<string, Embedding<float>>
{
    public GeneratorWithMetadata(string modelId)
        : this(new EmbeddingGeneratorMetadata("test", null, modelId, DemoModel.Dimensions))
    {
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        DemoModel.Generator.GenerateAsync(values, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
        {
            return metadata;
        }

        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
    }
}
