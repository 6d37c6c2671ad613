using Microsoft.Extensions.AI;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>The demo model, saying of itself what a test wants it to; null for nothing.</summary>
internal sealed class GeneratorWithMetadata(EmbeddingGeneratorMetadata? metadata) : IEmbeddingGenerator<string, Embedding<float>>
{
    public GeneratorWithMetadata(string modelId)
        : this(new EmbeddingGeneratorMetadata("test", null, modelId, DemoModel.Dimensions))
    {
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        DemoModel.Generator.GenerateAsync(values, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
