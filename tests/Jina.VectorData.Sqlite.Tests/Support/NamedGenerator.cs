using Microsoft.Extensions.AI;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>
/// Represents a generator with a model ID, and with the identity of its files and their precision if these are known. The vector of a
/// text is its length and its first letter.
/// </summary>
public sealed class NamedGenerator(string model, string? identity = null, string? precision = null)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Gets the number of calls.</summary>
    public int Calls { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        var embeddings = values.Select(value => new Embedding<float>(new float[] { value.Length, value[0] }));
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(embeddings));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is "model_identity" && serviceType == typeof(string) ? identity
        : serviceKey is "model_precision" && serviceType == typeof(string) ? precision
        : serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, model, 2)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
