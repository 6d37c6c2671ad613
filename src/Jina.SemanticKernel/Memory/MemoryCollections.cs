using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.Memory;

/// <summary>Opens the collections of memories and finds the length of their vectors, which a store must know first.</summary>
internal sealed class MemoryCollections(
    VectorStore store, IEmbeddingGenerator<string, Embedding<float>>? generator, int? dimensions)
{
    private int? _dimensions = dimensions;

    public async Task<VectorStoreCollection<string, MemoryEntry>> OpenAsync(string name, CancellationToken cancellationToken)
    {
        _dimensions ??= await FindDimensionsAsync(generator!, cancellationToken).ConfigureAwait(false);
        return Open(name, _dimensions.Value);
    }

    public VectorStoreCollection<string, MemoryEntry> Open(string name, int dimensions) =>
        store.GetCollection<string, MemoryEntry>(name, Define(dimensions));

    /// <summary>Returns the dimensions from the metadata, or of a test embedding: some generators only know them after a run.</summary>
    private static async Task<int> FindDimensionsAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken) =>
        generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions
        ?? (await generator.GenerateAsync("dimensions", cancellationToken: cancellationToken).ConfigureAwait(false)).Vector.Length;

    /// <summary>
    /// Defines a collection. It does not name a distance function, because no function is supported by every store. The generator
    /// does not embed here: it gives stores that record it the name of the model.
    /// </summary>
    private VectorStoreCollectionDefinition Define(int dimensions) => new()
    {
        EmbeddingGenerator = generator,
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
