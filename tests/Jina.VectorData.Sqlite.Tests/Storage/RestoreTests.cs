using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that a search never returns cached vectors of a file that was restored or replaced while its store was open.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    /// <summary>Specifies how a copy of the file is made and put back.</summary>
    public enum Restore
    {
        BackupApi,
        VacuumInto,
        CopyOver,
        CopyOverWithoutLog,
        Rename,
        RenameWithoutLog,
        DeleteAndCopy,
    }

    public static TheoryData<Restore, int> AllRestores { get; } =
        [.. from restore in Enum.GetValues<Restore>() from writes in Enumerable.Range(0, 4) select (restore, writes)];

    [Theory]
    [MemberData(nameof(AllRestores))]
    public async Task A_restored_file_with_other_writes_is_searched_as_it_is(Restore restore, int writes)
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        await AssertCurrentAsync(hotels);
        await CheckpointAsync();
        Copy(restore);
        await WriteAsync(hotels, "first", 1000);
        await AssertCurrentAsync(hotels);
        await CheckpointAsync();

        Return(restore);
        for (var i = 0; i < writes; i++)
        {
            await WriteAsync(hotels, $"second {i}", 2000 + i);
        }

        await AssertCurrentAsync(hotels);
        Assert.Equal(20 + (2 * writes), await CountAsync(hotels));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_with_changes_that_is_left_beside_another_file_is_not_applied(bool isReadFirst)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let open files be replaced.");
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        Copy(Restore.BackupApi);
        await WriteAsync(hotels, "first", 1000);
        Assert.True(new FileInfo($"{_file.Path}-wal").Length > 0);
        Return(Restore.Rename);

        var read = () => hotels.GetAsync("1");
        var write = () => hotels.UpsertAsync(At("second", 2000));
        foreach (var call in isReadFirst ? new Func<Task>[] { read, write, read } : [write, read, write])
        {
            var error = await Assert.ThrowsAsync<VectorStoreException>(call);
            Assert.Contains(
                $"the write-ahead log '{_file.Path}-wal' of the replaced file was left", error.Message, StringComparison.Ordinal);
        }

        File.Delete($"{_file.Path}-wal");
        File.Delete($"{_file.Path}-shm");
        await AssertCurrentAsync(hotels);
        Assert.Equal(20, await CountAsync(hotels));
        await WriteAsync(hotels, "second", 2000);
        await AssertCurrentAsync(hotels);
    }

    [Theory]
    [InlineData(Restore.CopyOverWithoutLog)]
    [InlineData(Restore.RenameWithoutLog)]
    [InlineData(Restore.DeleteAndCopy)]
    public async Task A_log_with_changes_that_was_deleted_is_not_written_to_the_restored_file(Restore restore)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let open files be replaced.");
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        await AssertCurrentAsync(hotels);
        Copy(Restore.BackupApi);
        await WriteAsync(hotels, "first", 1000);
        Assert.True(new FileInfo($"{_file.Path}-wal").Length > 0);
        Return(restore);

        await AssertCurrentAsync(hotels);
        Assert.Equal(20, await CountAsync(hotels));
        await WriteAsync(hotels, "second", 2000);
        await AssertCurrentAsync(hotels);
        Assert.Equal(22, await CountAsync(hotels));
        await CheckpointAsync();
        Assert.Equal("ok", await CheckIntegrityAsync());
    }

    [Fact]
    public async Task A_deleted_file_is_not_read_from_memory()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let open files be deleted.");
        var hotels = await _file.HotelsAsync(Hotels.All);
        Assert.Equal(4, await CountAsync(hotels));
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete($"{_file.Path}{suffix}");
        }

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => CountAsync(hotels));
        Assert.Contains("has no collection 'hotels'", error.Message, StringComparison.Ordinal);
        await hotels.EnsureCollectionExistsAsync();
        await hotels.UpsertAsync(Hotels.All[1]);
        Assert.Equal(1, await CountAsync(hotels));
    }

    [Fact]
    public async Task A_moment_after_the_last_write_the_file_is_complete_without_its_log()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        for (var i = 0; i < 300 && new FileInfo($"{_file.Path}-wal") is { Exists: true, Length: > 0 }; i++)
        {
            await Task.Delay(100);
        }

        File.Copy(_file.Path, CopyPath);

        using var store = new SqliteVectorStore($"Data Source={CopyPath}");
        Assert.Equal(5, await store.GetCollection<string, Hotel>("hotels").GetAsync(hotel => true, 10).CountAsync());
        Assert.NotNull(await hotels.GetAsync("Summit"));
    }

    [Fact]
    public async Task Rows_that_another_program_deletes_after_a_restore_are_those_that_are_not_found()
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        Copy(Restore.BackupApi);
        await ExecuteAsync("DELETE FROM hotels WHERE Name IN ('3', '4')");
        await AssertCurrentAsync(hotels);

        Return(Restore.BackupApi);
        await ExecuteAsync("DELETE FROM hotels WHERE Name IN ('5', '6')");

        await AssertCurrentAsync(hotels);
        Assert.Equal(18, await CountAsync(hotels));
    }

    [Fact]
    public async Task A_file_from_before_the_tokens_gets_them_with_the_first_write()
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        await ExecuteAsync(
            "DROP TRIGGER vectordata_changed; DROP TABLE vectordata_commits; "
            + "ALTER TABLE vectordata_collections DROP COLUMN token; ALTER TABLE vectordata_collections DROP COLUMN commits;");
        await AssertCurrentAsync(hotels);
        Copy(Restore.BackupApi);
        await WriteAsync(hotels, "first", 1000);
        await AssertCurrentAsync(hotels);

        Return(Restore.BackupApi);
        await AssertCurrentAsync(hotels);
        await WriteAsync(hotels, "second", 2000);
        await AssertCurrentAsync(hotels);
    }

    [Fact]
    public async Task A_reader_that_missed_more_commits_than_are_kept_reads_all_vectors_again()
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 20).Select(i => At($"{i}", i))]);
        await AssertCurrentAsync(hotels);
        await ExecuteAsync("DELETE FROM vectordata_commits");
        await WriteAsync(hotels, "late", 3000);

        await AssertCurrentAsync(hotels);
        Assert.Equal(22, await CountAsync(hotels));
    }

    private async Task<string?> CheckIntegrityAsync()
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)await command.ExecuteScalarAsync();
    }

    private static Hotel At(string name, int angle) => new() { Name = name, Place = new[] { angle, 1f, 0, 0 } };

    /// <summary>Adds one record, replaces one and deletes one: the same counters every time, with other rows.</summary>
    private static async Task WriteAsync(SqliteCollection<string, Hotel> hotels, string name, int angle)
    {
        await hotels.UpsertAsync([At(name, angle), At($"{name} 2", -angle), At($"{name} 3", 7)]);
        await hotels.UpsertAsync(At(name, -angle - 1));
        await hotels.DeleteAsync($"{name} 3");
    }

    /// <summary>Asserts that a search of the cached vectors finds what a store without a cache finds.</summary>
    private async Task AssertCurrentAsync(SqliteCollection<string, Hotel> hotels)
    {
        // The store with the cache goes first: it has the connections that can have the old file.
        var found = await RankedAsync(hotels);
        using var other = new SqliteVectorStore($"{_file.ConnectionString};Pooling=false", new() { MaxVectorCacheBytes = 0 });
        var read = other.GetCollection<string, Hotel>("hotels");
        Assert.Equal(await RankedAsync(read), found);
    }

    private static async Task<List<(string, double?)>> RankedAsync(VectorStoreCollection<string, Hotel> hotels) =>
        await hotels.SearchAsync(new float[] { 1, 0.1f, 0, 0 }, 100).Select(hit => (hit.Record.Name, hit.Score)).ToListAsync();

    private static async Task<int> CountAsync(SqliteCollection<string, Hotel> hotels) =>
        await hotels.SearchAsync(new float[] { 1, 0.1f, 0, 0 }, 100).CountAsync();

    private string CopyPath => $"{_file.Path}.copy";

    private void Copy(Restore restore)
    {
        using var source = new SqliteConnection(_file.ConnectionString);
        source.Open();
        if (restore == Restore.VacuumInto)
        {
            using var vacuum = source.CreateCommand();
            vacuum.CommandText = $"VACUUM INTO '{CopyPath}'";
            vacuum.ExecuteNonQuery();
            return;
        }

        using var copy = new SqliteConnection($"Data Source={CopyPath};Pooling=false");
        source.BackupDatabase(copy);
    }

    private void Return(Restore restore)
    {
        if (restore is Restore.CopyOverWithoutLog or Restore.RenameWithoutLog or Restore.DeleteAndCopy)
        {
            File.Delete($"{_file.Path}-wal");
            File.Delete($"{_file.Path}-shm");
        }

        switch (restore)
        {
            case Restore.BackupApi:
                using (var copy = new SqliteConnection($"Data Source={CopyPath};Pooling=false"))
                using (var target = new SqliteConnection(_file.ConnectionString))
                {
                    copy.Open();
                    target.Open();
                    copy.BackupDatabase(target);
                }

                break;
            case Restore.Rename or Restore.RenameWithoutLog:
                File.Move(CopyPath, _file.Path, overwrite: true);
                break;
            case Restore.DeleteAndCopy:
                File.Delete(_file.Path);
                File.Copy(CopyPath, _file.Path);
                break;
            default:
                File.WriteAllBytes(_file.Path, File.ReadAllBytes(CopyPath));
                break;
        }
    }

    /// <summary>Moves the log into the file, as the store does a moment after the last write.</summary>
    private Task CheckpointAsync() => ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    private async Task ExecuteAsync(string sql)
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
