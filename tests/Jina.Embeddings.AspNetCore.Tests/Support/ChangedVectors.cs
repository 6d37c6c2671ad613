using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Represents middleware that changes the results of the inner generator.</summary>
internal sealed class ChangedVectors(
    IEmbeddingGenerator<string, Embedding<float>> inner,
    Func<GeneratedEmbeddings<Embedding<float>>, GeneratedEmbeddings<Embedding<float>>> change)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        change(await base.GenerateAsync(values, options, cancellationToken));
}
