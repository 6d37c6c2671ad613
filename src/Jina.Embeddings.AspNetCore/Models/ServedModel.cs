using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Models;

/// <summary>A model that requests can ask for.</summary>
/// <param name="Id">The name that selects it, unique among those served.</param>
/// <param name="Pipeline">The container's generator, its middleware included.</param>
/// <param name="Core">The generator inside it.</param>
internal sealed record ServedModel(string Id, IEmbeddingGenerator<string, Embedding<float>> Pipeline, JinaEmbeddingGenerator Core);
