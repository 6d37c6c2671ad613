using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

/// <summary>A float generator that returns fixed vectors and records its last call.</summary>
internal sealed class FixedFloats(params float[][] vectors) : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable
{
    public static EmbeddingGeneratorMetadata Metadata { get; } = new("fixed");

    public int Disposals { get; private set; }

    public int AsyncDisposals { get; private set; }

    public (IEnumerable<string> Values, EmbeddingGenerationOptions? Options, CancellationToken Token)? Call { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Call = (values, options, cancellationToken);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is string key ? $"{key} of the floats"
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => Disposals++;

    public ValueTask DisposeAsync()
    {
        AsyncDisposals++;
        return ValueTask.CompletedTask;
    }
}
