using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a model whose vectors depend on the text and on the model, and remembers what it embedded.</summary>
public sealed class ModelGenerator(string? model, int dimensions, string? identity = null, string? precision = null)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly ConcurrentQueue<string> _texts = new();

    public int Dimensions => dimensions;

    /// <summary>Gets the texts that were embedded.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Gets or sets a function that runs before each request is embedded, with the number of texts embedded before.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Before(_texts.Count);
        cancellationToken.ThrowIfCancellationRequested();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values)
        {
            _texts.Enqueue(text);
            embeddings.Add(new Embedding<float>(Embed(text)));
        }

        return embeddings;
    }

    /// <summary>Returns the vector of a text.</summary>
    public float[] Embed(string text)
    {
        var seed = $"{model} {precision} {text}".Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
        var random = new Random(seed);
        return [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey switch
    {
        "model_identity" => identity,
        "model_precision" => precision,
        null when serviceType == typeof(EmbeddingGeneratorMetadata) => new EmbeddingGeneratorMetadata("test", null, model, dimensions),
        null when serviceType.IsInstanceOfType(this) => this,
        _ => null,
    };

    public void Dispose()
    {
    }
}
