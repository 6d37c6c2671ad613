using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Embeddings;
using Microsoft.SemanticKernel.Services;

namespace Jina.SemanticKernel.DependencyInjection;

/// <summary>A generator for code that still asks for Semantic Kernel's first interface.</summary>
/// <remarks>
/// Semantic Kernel has an adapter of its own, but leaves the dimensions out of its attributes. The generator belongs to
/// whoever made it. Safe for concurrent use, as the generator is.
/// </remarks>
#pragma warning disable CS0618 // The obsolete interface is what this class is there to serve.
internal sealed class TextEmbeddingService(IEmbeddingGenerator<string, Embedding<float>> generator) : ITextEmbeddingGenerationService
{
    /// <summary>Gets the model's id and, once they are known, its dimensions.</summary>
    public IReadOnlyDictionary<string, object?> Attributes
    {
        get
        {
            var metadata = generator.GetService<EmbeddingGeneratorMetadata>();
            return new Dictionary<string, object?>
            {
                [AIServiceExtensions.ModelIdKey] = metadata?.DefaultModelId,
                [EmbeddingGenerationExtensions.DimensionsKey] = metadata?.DefaultModelDimensions,
            };
        }
    }

    public async Task<IList<ReadOnlyMemory<float>>> GenerateEmbeddingsAsync(IList<string> data, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var embeddings = await generator.GenerateAsync(data, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }
}
#pragma warning restore CS0618
