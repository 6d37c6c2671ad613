using System.ComponentModel;
using System.Diagnostics;
using Jina.Testing;
using Npgsql;

namespace QueueWorker.Tests;

/// <summary>Stores passages in Postgres with pgvector, in WebAssembly (PGlite of npm).</summary>
public sealed class PassageTableTests : IAsyncLifetime
{
    private static readonly string Scripts = RepositoryFiles.Path("tests", "Jina.Embeddings.Clients.Tests", "node");
    private static readonly DateTime FirstStream = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private Process? _server;
    private NpgsqlDataSource? _database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var isInstalled = Directory.Exists(Path.Combine(Scripts, "node_modules", "@electric-sql", "pglite-socket"));
        Assert.SkipUnless(isInstalled, "PGlite is not installed. Run npm install in tests/Jina.Embeddings.Clients.Tests/node.");
        try
        {
            _server = Process.Start(new ProcessStartInfo("node", [Path.Combine(Scripts, "postgres-server.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed on this machine.");
        }

        var port = await _server.StandardOutput.ReadLineAsync(Token);
        var builder = new NpgsqlDataSourceBuilder($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=1");
        builder.UseVector();
        _database = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _server?.Kill();
        _server?.Dispose();
    }

    [Fact]
    public async Task Only_a_later_message_replaces_a_row()
    {
        var table = new PassageTable(_database!);
        await table.CreateAsync(2, Token);
        await table.CreateAsync(2, Token);

        await StoreAsync(table, FirstStream, new Passage("a", "first", 5), new Passage("b", "other", 6));
        await StoreAsync(table, FirstStream, new Passage("a", "delivered again", 5));
        await StoreAsync(table, FirstStream, new Passage("a", "older", 4));
        Assert.Equal(["a first 5 [5,1]", "b other 6 [6,1]"], await RowsAsync());

        await StoreAsync(table, FirstStream, new Passage("a", "second", 7));
        Assert.Equal(["a second 7 [7,1]", "b other 6 [6,1]"], await RowsAsync());

        await StoreAsync(table, FirstStream.AddDays(1), new Passage("a", "stream created again", 1));
        Assert.Equal(["a stream created again 1 [1,1]", "b other 6 [6,1]"], await RowsAsync());
    }

    [Fact]
    public async Task A_table_with_vectors_of_another_size_is_rejected()
    {
        var table = new PassageTable(_database!);
        await table.CreateAsync(2, Token);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => table.CreateAsync(3, Token));

        Assert.Contains("vectors of 2 dimensions, but the model has 3", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Stores passages with vectors that contain their versions.</summary>
    private static Task StoreAsync(PassageTable table, DateTime streamCreated, params Passage[] passages) =>
        table.UpsertAsync(streamCreated, passages, passages.Select(passage => new ReadOnlyMemory<float>([passage.Version, 1])), Token);

    private async Task<List<string>> RowsAsync()
    {
        await using var command = _database!.CreateCommand(
            "select id || ' ' || text || ' ' || version || ' ' || embedding::text from passages order by id");
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
