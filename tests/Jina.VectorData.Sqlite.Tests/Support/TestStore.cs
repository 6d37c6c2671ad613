using Jina.Testing;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Creates a store in a temporary file, which is deleted at the end of the test.</summary>
public sealed class TestStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestStore(SqliteVectorStoreOptions? options = null) => Store = new SqliteVectorStore(ConnectionString, options);

    public string Path => System.IO.Path.Combine(_folder.Path, "store.db");

    public string ConnectionString => $"Data Source={Path}";

    public SqliteVectorStore Store { get; }

    /// <summary>Creates the collection of hotels and stores records in it.</summary>
    public async Task<SqliteCollection<string, Hotel>> HotelsAsync(params Hotel[] hotels)
    {
        var collection = (SqliteCollection<string, Hotel>)Store.GetCollection<string, Hotel>("hotels");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(hotels);
        return collection;
    }

    /// <summary>Executes statements as another program, and returns the first value of the last result.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
