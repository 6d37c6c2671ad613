using Jina.Extensions.AI;
using Jina.VectorData.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents the contents of a database, read without a model.</summary>
internal sealed class Library
{
    public const string DefaultDatabase = "rag.db";

    private readonly IReadOnlyList<IngestedFile> _begun;

    private Library(string database, IReadOnlyList<IngestedFile> begun) =>
        (Database, _begun, Files) = (database, begun, [.. begun.Where(file => file.IsComplete)]);

    public string Database { get; }

    /// <summary>Gets the documents whose passages are all stored.</summary>
    public IReadOnlyList<IngestedFile> Files { get; }

    public long Bytes => new FileInfo(Database).Length;

    public int Passages => Files.Sum(file => file.Passages);

    public IEnumerable<string> Folders => Files.Select(file => file.Root).Distinct().Order(StringComparer.Ordinal);

    public DateTime? LastIngest => Files.Count == 0 ? null : Files.Max(file => file.IngestedAt);

    /// <summary>Gets the model of the passages. If the database is empty, it is null.</summary>
    public JinaEmbeddingModel? Model => _begun is [var file, ..] ? ModelChoice.Parse(file.Model) : null;

    /// <summary>Reads the records of the documents.</summary>
    /// <exception cref="FileNotFoundException">The database does not exist.</exception>
    /// <exception cref="VectorStoreException">The database cannot be read.</exception>
    public static async Task<Library> ReadAsync(string database, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            throw new FileNotFoundException($"The database {database} does not exist. Create one with 'ingest DIR --db {database}'.");
        }

        using var store = new SqliteVectorStore(GetConnectionString(database, SqliteOpenMode.ReadOnly));
        var collection = store.GetCollection<string, IngestedFile>(PassageStore.FilesName);
        var files = await collection.CollectionExistsAsync(cancellationToken)
            ? await collection.GetAsync(_ => true, int.MaxValue, cancellationToken: cancellationToken).ToListAsync(cancellationToken)
            : [];
        return new Library(database, files);
    }

    /// <summary>Returns the connection string of a database file.</summary>
    public static string GetConnectionString(string database, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate) =>
        new SqliteConnectionStringBuilder { DataSource = database, Mode = mode }.ToString();
}
