using Jina.Extensions.AI;
using Jina.VectorData.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Retrieval;

/// <summary>What a database says of itself, without a model.</summary>
internal sealed class Library
{
    private readonly IReadOnlyList<IngestedFile> _begun;

    private Library(string database, IReadOnlyList<IngestedFile> begun) =>
        (Database, _begun, Files) = (database, begun, [.. begun.Where(file => file.IsComplete)]);

    public const string DefaultDatabase = "rag.db";

    public string Database { get; }

    /// <summary>The documents whose passages are all stored.</summary>
    public IReadOnlyList<IngestedFile> Files { get; }

    /// <summary>Reads what was ingested.</summary>
    /// <exception cref="FileNotFoundException">There is no such database.</exception>
    /// <exception cref="VectorStoreException">It cannot be read.</exception>
    public static async Task<Library> ReadAsync(string database, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            throw new FileNotFoundException($"There is no database {database}. Make one with 'ingest DIR --db {database}'.");
        }

        using var store = new SqliteVectorStore(ConnectionString(database, SqliteOpenMode.ReadOnly));
        var collection = store.GetCollection<string, IngestedFile>(PassageStore.FilesName);
        var files = await collection.CollectionExistsAsync(cancellationToken)
            ? await collection.GetAsync(_ => true, int.MaxValue, cancellationToken: cancellationToken).ToListAsync(cancellationToken)
            : [];
        return new Library(database, files);
    }

    /// <summary>The model that the passages were embedded with; null for an empty database.</summary>
    public JinaEmbeddingModel? RecordedModel() => _begun is [var file, ..] ? ModelChoice.Parse(file.Model) : null;

    public long Bytes => new FileInfo(Database).Length;

    public int Passages => Files.Sum(file => file.Passages);

    public IEnumerable<string> Folders => Files.Select(file => file.Root).Distinct().Order(StringComparer.Ordinal);

    public DateTime? LastIngest => Files.Count == 0 ? null : Files.Max(file => file.IngestedAt);

    /// <summary>Returns the connection string of a database file.</summary>
    public static string ConnectionString(string database, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate) =>
        new SqliteConnectionStringBuilder { DataSource = database, Mode = mode }.ToString();
}
