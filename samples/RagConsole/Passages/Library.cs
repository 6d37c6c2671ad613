using Jina.Extensions.AI;
using Jina.VectorData.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents what is needed to open a database, read without a model.</summary>
/// <param name="Database">The path.</param>
/// <param name="Model">The model of the passages. If the database is empty, it is null.</param>
/// <param name="Collections">The indexed folders in the order of their names.</param>
internal sealed record LibraryHeader(string Database, JinaEmbeddingModel? Model, IReadOnlyList<FolderCollection> Collections)
{
    /// <summary>Reads the header of a database.</summary>
    /// <exception cref="FileNotFoundException">The database does not exist.</exception>
    /// <exception cref="VectorStoreException">The database cannot be read.</exception>
    public static Task<LibraryHeader> ReadAsync(string database, CancellationToken cancellationToken) =>
        Library.OpenAsync(database, store => ReadAsync(database, store, cancellationToken));

    public static async Task<LibraryHeader> ReadAsync(string database, PassageStore store, CancellationToken cancellationToken)
    {
        var file = await store.FindFileAsync(cancellationToken);
        var model = file is null ? null : ModelChoice.Parse(file.Model);
        return new LibraryHeader(database, model, await store.ListFoldersAsync(cancellationToken));
    }
}

/// <summary>Represents the contents of a database, read without a model.</summary>
internal sealed class Library
{
    public const string DefaultDatabase = "rag.db";

    private readonly LibraryHeader _header;
    private readonly IReadOnlyList<IngestedFile> _records;

    private Library(LibraryHeader header, IReadOnlyList<IngestedFile> records) => (_header, _records) = (header, records);

    public string Database => _header.Database;

    /// <summary>Gets the model of the passages. If the database is empty, it is null.</summary>
    public JinaEmbeddingModel? Model => _header.Model;

    /// <summary>Gets the indexed folders in the order of their names.</summary>
    public IReadOnlyList<FolderCollection> Collections => _header.Collections;

    /// <summary>Gets the documents whose passages are all stored.</summary>
    public IReadOnlyList<IngestedFile> Files => field ??= [.. _records.Where(file => file.IsStored)];

    /// <summary>Gets the documents that have no text or could not be read.</summary>
    public IReadOnlyList<IngestedFile> Problems => field ??= [.. _records.Where(file => file.Problem.Length > 0)];

    public long Bytes => new FileInfo(Database).Length;

    public int Passages => Files.Sum(file => file.Passages);

    public IEnumerable<string> Folders => Files.Select(file => file.Root).Distinct().Order(StringComparer.Ordinal);

    public DateTime? LastIngest => Files.Count == 0 ? null : Files.Max(file => file.IngestedAt);

    /// <summary>Reads the records of the documents.</summary>
    /// <exception cref="FileNotFoundException">The database does not exist.</exception>
    /// <exception cref="VectorStoreException">The database cannot be read.</exception>
    public static Task<Library> ReadAsync(string database, CancellationToken cancellationToken) =>
        OpenAsync(database, async store => new Library(
            await LibraryHeader.ReadAsync(database, store, cancellationToken),
            await store.ListFilesAsync(root: null, cancellationToken)));

    /// <summary>Returns the connection string of a database file.</summary>
    public static string GetConnectionString(string database, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate) =>
        new SqliteConnectionStringBuilder { DataSource = database, Mode = mode }.ToString();

    /// <summary>Reads from a database that exists.</summary>
    internal static async Task<T> OpenAsync<T>(string database, Func<PassageStore, Task<T>> read)
    {
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(
                $"The database {database} does not exist. Create one with '{Tool.Name} ingest DIR --db {database}'.");
        }

        using var vectors = new SqliteVectorStore(GetConnectionString(database, SqliteOpenMode.ReadOnly));
        return await read(new PassageStore(vectors));
    }
}
