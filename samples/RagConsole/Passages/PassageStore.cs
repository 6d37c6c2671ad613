using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents the collections of a database: the passages, the documents that they come from, and the indexed folders.</summary>
/// <param name="store">The database.</param>
/// <param name="generator">The model. If null, passages can be read and deleted, but not stored or searched.</param>
internal sealed class PassageStore(VectorStore store, IEmbeddingGenerator? generator = null)
{
    /// <summary>The documents that are removed in one transaction.</summary>
    private const int RemovedTogether = 500;

    /// <summary>Gets the passages. The store embeds them.</summary>
    public SqliteCollection<string, Passage> Passages { get; } = (SqliteCollection<string, Passage>)
        store.GetCollection<string, Passage>("passages", Passage.Define(GetDimensions(generator)));

    public VectorStoreCollection<string, IngestedFile> Files { get; } = store.GetCollection<string, IngestedFile>("files");

    public VectorStoreCollection<string, FolderCollection> Folders { get; } =
        store.GetCollection<string, FolderCollection>("collections");

    /// <summary>Gets the path of the database as the connection string gives it, or <c>:memory:</c>.</summary>
    public string Database { get; } = ((VectorStoreMetadata)store.GetService(typeof(VectorStoreMetadata))!).VectorStoreName!;

    /// <summary>Creates the collections if they do not exist.</summary>
    /// <exception cref="VectorStoreException">Another model or an earlier version of this program created the database.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        await Passages.EnsureCollectionExistsAsync(cancellationToken);
        await Files.EnsureCollectionExistsAsync(cancellationToken);
        await Folders.EnsureCollectionExistsAsync(cancellationToken);
        return true;
    });

    /// <summary>Returns any document, or null if the database is empty.</summary>
    public Task<IngestedFile?> FindFileAsync(CancellationToken cancellationToken) => ExplainAsync(async () =>
        await Files.CollectionExistsAsync(cancellationToken)
            ? await Files.GetAsync(_ => true, top: 1, cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken)
            : null);

    /// <summary>Returns the documents of a root, or of all roots.</summary>
    public Task<List<IngestedFile>> ListFilesAsync(string? root, CancellationToken cancellationToken) => ExplainAsync(async () =>
        await Files.CollectionExistsAsync(cancellationToken)
            ? await Files
                .GetAsync(file => root == null || file.Root == root, int.MaxValue, cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken)
            : []);

    /// <summary>Returns the indexed folders in the order of their names.</summary>
    public Task<List<FolderCollection>> ListFoldersAsync(CancellationToken cancellationToken) => ExplainAsync(async () =>
        await Folders.CollectionExistsAsync(cancellationToken)
            ? await Folders
                .GetAsync(_ => true, int.MaxValue, cancellationToken: cancellationToken)
                .OrderBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase)
                .ToListAsync(cancellationToken)
            : []);

    /// <summary>Removes documents and their passages. Returns the number of the passages.</summary>
    public async Task<int> RemoveAsync(IEnumerable<IngestedFile> files, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var part in files.Chunk(RemovedTogether))
        {
            // The passages can no longer be found from here on. If the process is killed, the next update removes them.
            await Files.UpsertAsync(
                part.Select(file => file with { Hash = "", Version = "", Stamp = "", IsChanging = true }), cancellationToken);
            var keys = new List<string>();
            foreach (var file in part)
            {
                keys.AddRange(file.IsChanging ? await FindKeysAsync(file.Source, cancellationToken) : file.GetKeys());
            }

            await Passages.DeleteAsync(keys, cancellationToken);
            await Files.DeleteAsync(part.Select(file => file.Source), cancellationToken);
            removed += keys.Count;
        }

        return removed;
    }

    /// <summary>Returns the keys of all passages of a document, of any version.</summary>
    public async Task<List<string>> FindKeysAsync(string source, CancellationToken cancellationToken) => await Passages
        .GetAsync(passage => passage.Source == source, int.MaxValue, cancellationToken: cancellationToken)
        .Select(passage => passage.Key)
        .ToListAsync(cancellationToken);

    private static async Task<T> ExplainAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (VectorStoreException e)
        {
            throw new VectorStoreException(
                $"{e.Message} If an earlier version of this program created the database, "
                + $"run '{Tool.Name} ingest DIR --db FILE' with another file.",
                e);
        }
    }

    private static int? GetDimensions(IEmbeddingGenerator? generator) =>
        ((EmbeddingGeneratorMetadata?)generator?.GetService(typeof(EmbeddingGeneratorMetadata)))?.DefaultModelDimensions;
}
