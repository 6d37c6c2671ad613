using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.Memory;

/// <summary>Opens the collections of memories, of which none says by itself how long its vectors are.</summary>
internal sealed class MemoryCollections
{
    private readonly VectorStore _store;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _generator;

    /// <summary>0 until it is known.</summary>
    private int _dimensions;

    public MemoryCollections(VectorStore store, IEmbeddingGenerator<string, Embedding<float>>? generator, int dimensions)
    {
        (_store, _generator, _dimensions) = (store, generator, dimensions);
    }

    public async Task<VectorStoreCollection<string, MemoryEntry>> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (_dimensions == 0)
        {
            _dimensions = await FindDimensionsAsync(_generator!, cancellationToken).ConfigureAwait(false);
        }

        return Open(name, _dimensions);
    }

    public VectorStoreCollection<string, MemoryEntry> Open(string name, int dimensions) =>
        _store.GetCollection<string, MemoryEntry>(name, Define(dimensions));

    /// <summary>Some generators know their dimensions only once they have run.</summary>
    private static async Task<int> FindDimensionsAsync(IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken) =>
        generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions
        ?? (await generator.GenerateAsync("dimensions", cancellationToken: cancellationToken).ConfigureAwait(false)).Vector.Length;

    /// <summary>
    /// No distance function is named, since none is known to every store; each has a cosine for its default. The generator
    /// makes no vectors here: it tells stores that remember it which model the vectors come from.
    /// </summary>
    private VectorStoreCollectionDefinition Define(int dimensions) => new()
    {
        EmbeddingGenerator = _generator,
        Properties =
        [
            new VectorStoreKeyProperty(nameof(MemoryEntry.Key), typeof(string)),
            new VectorStoreDataProperty(nameof(MemoryEntry.Text), typeof(string)),
            new VectorStoreDataProperty(nameof(MemoryEntry.Description), typeof(string)),
            new VectorStoreDataProperty(nameof(MemoryEntry.AdditionalMetadata), typeof(string)),
            new VectorStoreDataProperty(nameof(MemoryEntry.ExternalSourceName), typeof(string)),
            new VectorStoreDataProperty(nameof(MemoryEntry.IsReference), typeof(bool)),
            new VectorStoreDataProperty(nameof(MemoryEntry.Timestamp), typeof(string)),
            new VectorStoreVectorProperty(nameof(MemoryEntry.Embedding), typeof(ReadOnlyMemory<float>), dimensions),
        ],
    };
}
