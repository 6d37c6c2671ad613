using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents the two collections of a database: the passages, and the documents that they come from.</summary>
internal sealed class PassageStore(VectorStore store, IEmbeddingGenerator generator)
{
    public const string FilesName = "files";

    /// <summary>Gets the passages. The store embeds them.</summary>
    public SqliteCollection<string, Passage> Passages { get; } = (SqliteCollection<string, Passage>)
        store.GetCollection<string, Passage>("passages", Passage.Define(GetDimensions(generator)));

    public VectorStoreCollection<string, IngestedFile> Files { get; } = store.GetCollection<string, IngestedFile>(FilesName);

    /// <summary>Creates the collections if they do not exist.</summary>
    /// <exception cref="VectorStoreException">Another model or an earlier version of this program created the database.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Passages.EnsureCollectionExistsAsync(cancellationToken);
            await Files.EnsureCollectionExistsAsync(cancellationToken);
        }
        catch (VectorStoreException e)
        {
            throw new VectorStoreException(
                $"{e.Message} If an earlier version of this program created the database, run 'ingest DIR --db FILE' with another file.",
                e);
        }
    }

    /// <summary>Marks a document as incomplete, removes its passages and returns their number.</summary>
    public async Task<int> BeginAsync(IngestedFile file, CancellationToken cancellationToken)
    {
        await Files.UpsertAsync(file.ToIncomplete(), cancellationToken);
        var keys = await Passages.GetAsync(passage => passage.Source == file.Source, int.MaxValue, cancellationToken: cancellationToken)
            .Select(passage => passage.Key)
            .ToListAsync(cancellationToken);
        await Passages.DeleteAsync(keys, cancellationToken);
        return keys.Count;
    }

    /// <summary>Removes a document and returns the number of its passages.</summary>
    public async Task<int> RemoveAsync(IngestedFile file, CancellationToken cancellationToken)
    {
        // The record becomes incomplete before the passages are removed. If the process is killed in between and the file
        // exists again, a hash in the record would hide that the passages are missing.
        var removed = await BeginAsync(file, cancellationToken);
        await Files.DeleteAsync(file.Source, cancellationToken);
        return removed;
    }

    private static int GetDimensions(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions!.Value;
}
