using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Embeddings;
using Microsoft.SemanticKernel.Services;

namespace Jina.SemanticKernel.DependencyInjection;

/// <summary>Represents an embedding generator behind Semantic Kernel's obsolete embedding interface.</summary>
/// <remarks>
/// The adapter in Semantic Kernel does not include the dimensions in its attributes. This class does not dispose the generator
/// and is safe for concurrent use.
/// </remarks>
#pragma warning disable CS0618 // This class exists to implement the obsolete interface.
internal sealed class TextEmbeddingService(IEmbeddingGenerator<string, Embedding<float>> generator) : ITextEmbeddingGenerationService
{
    /// <summary>Gets the ID of the model and, once they are known, its dimensions.</summary>
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

    public async Task<IList<ReadOnlyMemory<float>>> GenerateEmbeddingsAsync(
        IList<string> data, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var embeddings = await generator.GenerateAsync(data, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }
}
#pragma warning restore CS0618
