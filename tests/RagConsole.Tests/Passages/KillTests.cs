using System.Text.Json;
using Jina.Testing;
using Microsoft.Data.Sqlite;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

/// <summary>Tests that a killed ingest leaves a valid database and that the next ingest completes it.</summary>
public sealed class KillTests : IDisposable
{
    private const int Files = 60;

    private readonly TemporaryFolder _docs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_next_ingest_completes_a_killed_one()
    {
        for (var i = 0; i < Files; i++)
        {
            var sentences = Enumerable.Range(0, 120).Select(line => $"Station {i} reads line {line} of its log before the wind turns.");
            await File.WriteAllTextAsync(_docs.File($"{i:D2}.md"), string.Join('\n', sentences), TestContext.Current.CancellationToken);
        }

        var database = _folder.File("killed.db");
        var complete = new List<int>();
        while (complete.Count < 3)
        {
            complete.Add(await KillAtTheNextFileAsync(database, after: complete.LastOrDefault()));
        }

        var killed = await IngestAsync(database);
        var whole = await IngestAsync(_folder.File("whole.db"));

        Assert.Equal(complete.Order(), complete);
        Assert.Equal(Files, (await Library.ReadAsync(database, CancellationToken.None)).Files.Count);
        Assert.Equal(whole.Embedded, killed.Embedded + killed.Unchanged);
        Assert.True(killed.Unchanged > 0);
    }

    [Fact]
    public async Task The_next_ingest_removes_the_passages_of_an_incomplete_file_that_was_deleted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sentences = Enumerable.Range(0, 30_000).Select(line => $"Station {line} measures the wind on the hill number {7 * line}.\n");
        await File.WriteAllTextAsync(_docs.File("large.md"), string.Join('\n', sentences), cancellation);
        await File.WriteAllTextAsync(_docs.File("small.md"), "The funnel is emptied in the morning.", cancellation);
        var database = _folder.File("killed.db");
        using (var cache = new TemporaryFolder())
        using (var process = RagProcess.Start(["ingest", _docs.Path, "--db", database, "--model", "demo"], cache))
        {
            while (CountPassages(database) == 0)
            {
                Assert.False(process.HasExited, "The ingest finished before it could be killed. Give it more text.");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await CountAsync(database));
        File.Delete(_docs.File("large.md"));

        Assert.Equal((1, 0), await IngestAsync(database));
        Assert.Equal(1, CountPassages(database));
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Kills an ingest as soon as it has completed more files than before, and returns their number.</summary>
    private async Task<int> KillAtTheNextFileAsync(string database, int after)
    {
        using var cache = new TemporaryFolder();
        using var process = RagProcess.Start(["ingest", _docs.Path, "--db", database, "--model", "demo"], cache);
        while (await CountAsync(database) <= after)
        {
            Assert.False(process.HasExited, "The ingest finished before it could be killed. Give it more text.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await CountAsync(database);
    }

    /// <summary>Counts the stored passages, including those of incomplete files.</summary>
    private static long CountPassages(string database)
    {
        if (!File.Exists(database))
        {
            return 0;
        }

        using var connection = new SqliteConnection(Library.GetConnectionString(database, SqliteOpenMode.ReadOnly));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE name = 'passages'";
        if (command.ExecuteScalar() is null)
        {
            return 0;
        }

        command.CommandText = "SELECT COUNT(*) FROM passages";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<int> CountAsync(string database) =>
        File.Exists(database) && new FileInfo(database).Length > 0
            ? (await Library.ReadAsync(database, TestContext.Current.CancellationToken)).Files.Count
            : 0;

    private async Task<(int Embedded, int Unchanged)> IngestAsync(string database)
    {
        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", database, "--model", "demo", "--json"]);
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        return (json.RootElement.GetProperty("embedded").GetInt32(), json.RootElement.GetProperty("unchanged").GetInt32());
    }
}
