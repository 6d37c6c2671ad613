using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Retrieval;

/// <summary>The two collections of a database: the passages, and the documents whose passages are complete.</summary>
internal sealed class PassageStore(VectorStore store, IEmbeddingGenerator generator)
{
    public const string FilesName = "files";

    /// <summary>The passages, embedded by the store as they are stored.</summary>
    public SqliteCollection<string, Passage> Passages { get; } = (SqliteCollection<string, Passage>)store.GetCollection<string, Passage>("passages", Passage.Definition(DimensionsOf(generator)));

    public VectorStoreCollection<string, IngestedFile> Files { get; } = store.GetCollection<string, IngestedFile>(FilesName);

    /// <summary>Makes the collections, or refuses a database that was made with another model.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await Passages.EnsureCollectionExistsAsync(cancellationToken);
        await Files.EnsureCollectionExistsAsync(cancellationToken);
    }

    /// <summary>Removes a document and returns how many passages went.</summary>
    public async Task<int> RemoveAsync(string source, CancellationToken cancellationToken)
    {
        await Files.DeleteAsync(source, cancellationToken);
        var keys = await Passages.GetAsync(passage => passage.Source == source, int.MaxValue, cancellationToken: cancellationToken)
            .Select(passage => passage.Key)
            .ToListAsync(cancellationToken);
        await Passages.DeleteAsync(keys, cancellationToken);
        return keys.Count;
    }

    private static int DimensionsOf(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions!.Value;
}
