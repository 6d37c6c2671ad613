using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that a statement that would never end is interrupted, and that the store can be used afterwards.</summary>
public sealed class CancellationTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private const string Endless =
        "CREATE VIEW endless AS WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT n FROM numbers";

    private static readonly float[] Query = [1, 0, 0, 0];

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Every_kind_of_read_is_interrupted()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"{Endless}; ALTER TABLE hotels RENAME TO stored");
        await ExecuteAsync("CREATE VIEW hotels AS SELECT stored.* FROM stored, endless WHERE n < 0");

        await AssertCanceledAsync(token => hotels.GetAsync("Summit", cancellationToken: token));
        await AssertCanceledAsync(async token => await hotels.GetAsync(["Summit"], cancellationToken: token).CountAsync(token));
        await AssertCanceledAsync(async token =>
            await hotels.GetAsync(hotel => hotel.Stars > 1, 10, cancellationToken: token).CountAsync(token));
        await AssertCanceledAsync(async token => await hotels.SearchAsync(
            Query, 3, new() { Filter = hotel => hotel.Stars > 1 }, token).CountAsync(token));
        await AssertCanceledAsync(async token => await hotels.HybridSearchAsync(
            Query, ["view"], 3, new() { Filter = hotel => hotel.Stars > 1 }, token).CountAsync(token));
        await AssertCanceledAsync(async token => await hotels.KeywordSearchAsync(
            ["view"], 3, new() { Filter = hotel => hotel.Stars > 1 }, token).CountAsync(token));

        await ExecuteAsync("DROP VIEW hotels; ALTER TABLE stored RENAME TO hotels");
        Assert.Equal(4, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Fact]
    public async Task The_reading_of_vectors_is_interrupted()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"{Endless}; ALTER TABLE \"hotels::vector::Place\" RENAME TO stored");
        await ExecuteAsync("CREATE VIEW \"hotels::vector::Place\" AS SELECT stored.* FROM stored, endless WHERE n < 0");

        await AssertCanceledAsync(async token => await hotels.SearchAsync(Query, 3, cancellationToken: token).CountAsync(token));

        await ExecuteAsync("DROP VIEW \"hotels::vector::Place\"; ALTER TABLE stored RENAME TO \"hotels::vector::Place\"");
        Assert.Equal(4, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Fact]
    public async Task An_interrupted_batch_is_not_stored()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync(
            $"{Endless}; CREATE TRIGGER slow BEFORE INSERT ON hotels WHEN new.Name = 'x' BEGIN SELECT max(n) FROM endless; END; "
            + "CREATE TRIGGER slow2 BEFORE DELETE ON hotels WHEN old.Name = 'Summit' BEGIN SELECT max(n) FROM endless; END");

        await AssertCanceledAsync(token => hotels.UpsertAsync([new Hotel { Name = "a" }, new Hotel { Name = "x" }], token));
        await AssertCanceledAsync(token => hotels.DeleteAsync(["Harbour", "Summit"], token));

        await ExecuteAsync("DROP TRIGGER slow; DROP TRIGGER slow2");
        Assert.Null(await hotels.GetAsync("a"));
        Assert.NotNull(await hotels.GetAsync("Harbour"));
        await hotels.UpsertAsync(new Hotel { Name = "x" });
        await hotels.DeleteAsync("Summit");
        Assert.Equal(5, await hotels.GetAsync(hotel => true, 10).CountAsync());
    }

    [Fact]
    public async Task Waiting_for_a_lock_is_canceled()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        using var writer = new SqliteConnection(_file.ConnectionString);
        await writer.OpenAsync();
        using (var transaction = writer.BeginTransaction(deferred: false))
        {
            await AssertCanceledAsync(token => hotels.DeleteAsync("Summit", token));
        }

        await hotels.DeleteAsync("Summit");
        Assert.Null(await hotels.GetAsync("Summit"));
    }

    [Fact]
    public async Task A_cancellation_interrupts_only_its_own_operation()
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 200).Select(i => new Hotel { Name = $"{i}", Stars = i % 5 })]);

        // Half of the operations are canceled at some moment. The others share the pooled connections with them.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (worker % 2 == 0)
                {
                    cancellation.CancelAfter(TimeSpan.FromMicroseconds(i * 20));
                }

                try
                {
                    Assert.Equal(40, await hotels.GetAsync(hotel => hotel.Stars == 3, 100, cancellationToken: cancellation.Token)
                        .CountAsync(cancellation.Token));
                }
                catch (OperationCanceledException)
                {
                    Assert.Equal(0, worker % 2);
                }
            }
        })));
    }

    private static async Task AssertCanceledAsync(Func<CancellationToken, Task> call)
    {
        using var cancellation = new CancellationTokenSource();
        var running = call(cancellation.Token);
        Assert.NotSame(running, await Task.WhenAny(running, Task.Delay(100)));

        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Guard, CancellationToken.None));
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }

    private async Task ExecuteAsync(string sql)
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
