using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>A model that requests can ask for.</summary>
/// <param name="Id">The name that answers give: the model's own, or its key where an earlier one has that name.</param>
/// <param name="Pipeline">The container's generator, its middleware included.</param>
/// <param name="Core">The generator inside it.</param>
internal sealed record ServedModel(string Id, IEmbeddingGenerator<string, Embedding<float>> Pipeline, JinaEmbeddingGenerator Core)
{
    /// <summary>Gets the length of the vectors, where it is known before the model is loaded.</summary>
    public int? Dimensions => Core.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions;
}
