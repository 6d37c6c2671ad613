using Jina.Testing;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a file with a collection of articles, which is deleted at the end of the test.</summary>
public sealed class ArticleFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("store.db");

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>Opens the collection as another process would.</summary>
    public SqliteCollection<string, Article> Open(ModelGenerator model, string options = "", string name = "articles") =>
        new(ConnectionString + options, name, new() { Definition = Article.Define(model) });

    /// <summary>Creates the collection with articles.</summary>
    public async Task<SqliteCollection<string, Article>> CreateAsync(ModelGenerator model, int count)
    {
        var articles = Open(model);
        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync(Article.Many(0, count));
        return articles;
    }

    /// <summary>Asserts that a search finds articles by the vectors of the collection's model.</summary>
    public static async Task AssertFoundAsync(SqliteCollection<string, Article> articles, params int[] ids)
    {
        foreach (var id in ids)
        {
            // Only a vector of the same model and text has the score 1.
            var hit = Assert.Single(await articles.SearchAsync($"text {id}", 1).ToListAsync());
            Assert.Equal($"{id}", hit.Record.Id);
            Assert.Equal(1, hit.Score!.Value, 1e-5);
        }
    }

    /// <summary>Runs a statement as another program would, and returns its first value.</summary>
    public object? Execute(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => _folder.Dispose();
}
