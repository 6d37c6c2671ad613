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

    /// <summary>Notes that a document's passages are not to be relied on, removes them, and returns how many there were.</summary>
    public async Task<int> BeginAsync(IngestedFile file, CancellationToken cancellationToken)
    {
        await Files.UpsertAsync(file.Incomplete(), cancellationToken);
        var keys = await Passages.GetAsync(passage => passage.Source == file.Source, int.MaxValue, cancellationToken: cancellationToken)
            .Select(passage => passage.Key)
            .ToListAsync(cancellationToken);
        await Passages.DeleteAsync(keys, cancellationToken);
        return keys.Count;
    }

    /// <summary>Removes a document and returns how many passages went.</summary>
    public async Task<int> RemoveAsync(IngestedFile file, CancellationToken cancellationToken)
    {
        // Not the passages first: were the file to come back before its record is gone, a hash would hide that they are missing.
        var removed = await BeginAsync(file, cancellationToken);
        await Files.DeleteAsync(file.Source, cancellationToken);
        return removed;
    }

    private static int DimensionsOf(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions!.Value;
}
