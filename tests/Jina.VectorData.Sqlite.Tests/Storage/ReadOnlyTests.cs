using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that a database can be read where SQLite cannot create files, and that writes to it are rejected.</summary>
public sealed class ReadOnlyTests : IDisposable
{
    private static readonly float[] Query = [1, 0, 0, 0];
    private static readonly float[] LateQuery = [9, 1, 0, 0];

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    public static TheoryData<ReadOnlyPlace.Kind, string> All { get; } =
    [
        .. from kind in Enum.GetValues<ReadOnlyPlace.Kind>()
           from options in new[] { "", ";Mode=ReadOnly", ";Mode=ReadWrite", ";Pooling=false", ";Cache=Shared" }
           select (kind, options),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_database_in_a_read_only_place_can_be_read_and_not_written(ReadOnlyPlace.Kind kind, string options)
    {
        await CreateAsync();
        using var place = ReadOnlyPlace.Copy(kind, _file.Path);
        using var store = new SqliteVectorStore(place.ConnectionString + options);
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        await AssertReadableAsync(store, hotels);
        foreach (var write in Writes(store, hotels))
        {
            var error = await Assert.ThrowsAsync<VectorStoreException>(write);
            Assert.Contains("is read-only, but this operation writes to it. Nothing was changed.", error.Message, StringComparison.Ordinal);
        }

        await AssertReadableAsync(store, hotels);
    }

    [Theory]
    [InlineData(ReadOnlyPlace.Kind.OccupiedName)]
    [InlineData(ReadOnlyPlace.Kind.Permissions)]
    [InlineData(ReadOnlyPlace.Kind.Medium)]
    public async Task An_immutable_database_of_the_connection_string_can_be_read(ReadOnlyPlace.Kind kind)
    {
        await CreateAsync();
        using var place = ReadOnlyPlace.Copy(kind, _file.Path);
        using var store = new SqliteVectorStore($"Data Source=file:{place.Path}?immutable=1;Mode=ReadOnly");
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        await AssertReadableAsync(store, hotels);
    }

    [Theory]
    [InlineData(ReadOnlyPlace.Kind.Permissions)]
    [InlineData(ReadOnlyPlace.Kind.Medium)]
    public async Task A_log_with_changes_that_cannot_be_applied_is_reported(ReadOnlyPlace.Kind kind)
    {
        var (file, log) = await CreateWithLogAsync();
        using var place = ReadOnlyPlace.Copy(kind, file, log);
        using var store = new SqliteVectorStore(place.ConnectionString);
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.GetAsync("Late"));
        Assert.Contains(
            $"Its folder is read-only, and the log '{place.Path}-wal' has changes that are not yet in the file.",
            error.Message,
            StringComparison.Ordinal);

        place.MakeWritable();
        Assert.NotNull(await hotels.GetAsync("Late"));
        Assert.Equal("Late", (await hotels.SearchAsync(LateQuery, 1).SingleAsync()).Record.Name);
    }

    [Theory]
    [InlineData(ReadOnlyPlace.Kind.Permissions)]
    [InlineData(ReadOnlyPlace.Kind.Medium)]
    public async Task A_log_with_its_index_is_applied(ReadOnlyPlace.Kind kind)
    {
        var (file, log) = await CreateWithLogAsync();
        using var place = ReadOnlyPlace.Copy(kind, file, log, $"{file}-shm");
        using var store = new SqliteVectorStore(place.ConnectionString);
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        Assert.NotNull(await hotels.GetAsync("Late"));
        Assert.Equal("Late", (await hotels.SearchAsync(LateQuery, 1).SingleAsync()).Record.Name);
    }

    [Fact]
    public async Task A_read_only_file_that_is_replaced_is_read_again()
    {
        await CreateAsync();
        using var place = ReadOnlyPlace.Copy(ReadOnlyPlace.Kind.OccupiedName, _file.Path);
        using var store = new SqliteVectorStore($"{place.ConnectionString};Mode=ReadOnly");
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");
        await AssertReadableAsync(store, hotels);

        await _file.Store.GetCollection<string, Hotel>("hotels").UpsertAsync(At("Late"));
        await CheckpointAsync();
        File.Copy(_file.Path, place.Path, overwrite: true);
        Assert.NotNull(await hotels.GetAsync("Late"));
        Assert.Equal("Late", (await hotels.SearchAsync(LateQuery, 1).SingleAsync()).Record.Name);

        await _file.Store.GetCollection<string, Hotel>("hotels").UpsertAsync(At("Later"));
        await CheckpointAsync();
        File.Copy(_file.Path, $"{place.Path}.new");
        File.Move($"{place.Path}.new", place.Path, overwrite: true);
        Assert.NotNull(await hotels.GetAsync("Later"));

        // When files can be created again, the store uses the log again.
        place.MakeWritable();
        using var writer = new SqliteVectorStore(place.ConnectionString);
        await writer.GetCollection<string, Hotel>("hotels").UpsertAsync(At("Last"));
        Assert.NotNull(await hotels.GetAsync("Last"));
    }

    [Fact]
    public async Task A_path_with_special_characters_can_be_read()
    {
        await CreateAsync();
        using var folder = new Jina.Testing.TemporaryFolder();
        var path = folder.File("a b#c?d%20é&e.db");
        File.Copy(_file.Path, path);
        Directory.CreateDirectory($"{path}-wal");
        using var store = new SqliteVectorStore($"Data Source={path}");
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        await AssertReadableAsync(store, hotels);
    }

    [Fact]
    public async Task A_missing_file_that_cannot_be_created_is_reported()
    {
        await CreateAsync();
        using var place = ReadOnlyPlace.Copy(ReadOnlyPlace.Kind.Medium, _file.Path);
        using var store = new SqliteVectorStore($"{place.ConnectionString}.missing");
        var hotels = store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.EnsureCollectionExistsAsync());

        Assert.Contains("cannot be opened. Its folder must exist", error.Message, StringComparison.Ordinal);
    }

    private static Hotel At(string name) => new() { Name = name, Place = LateQuery };

    private async Task CreateAsync()
    {
        await _file.HotelsAsync(Hotels.All);
        await CheckpointAsync();
    }

    /// <summary>Creates a database whose last record is only in the log, and returns the paths of copies of both.</summary>
    private async Task<(string File, string Log)> CreateWithLogAsync()
    {
        await CreateAsync();
        var folder = Directory.CreateDirectory($"{_file.Path}.copy").FullName;
        await _file.Store.GetCollection<string, Hotel>("hotels").UpsertAsync(At("Late"));
        foreach (var path in new[] { _file.Path, $"{_file.Path}-wal", $"{_file.Path}-shm" })
        {
            File.Copy(path, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path)));
        }

        var copy = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(_file.Path));
        Assert.True(new FileInfo($"{copy}-wal").Length > 0);
        return (copy, $"{copy}-wal");
    }

    private async Task CheckpointAsync()
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
    }

    private static Func<Task>[] Writes(SqliteVectorStore store, SqliteCollection<string, Hotel> hotels) =>
    [
        () => hotels.UpsertAsync(Hotels.All),
        () => hotels.DeleteAsync("Summit"),
        () => hotels.EnsureCollectionDeletedAsync(),
        () => store.EnsureCollectionDeletedAsync("hotels"),
        () => store.GetCollection<string, Hotel>("other").EnsureCollectionExistsAsync(),
    ];

    private static async Task AssertReadableAsync(SqliteVectorStore store, SqliteCollection<string, Hotel> hotels)
    {
        await hotels.EnsureCollectionExistsAsync();
        Assert.True(await hotels.CollectionExistsAsync());
        Assert.Equal(["hotels"], await store.ListCollectionNamesAsync().ToListAsync());
        Assert.Equal(5, (await hotels.GetAsync("Summit"))!.Stars);
        Assert.Equal(2, await hotels.GetAsync(hotel => hotel.Stars == 3, 10).CountAsync());
        Assert.Equal("Harbour", (await hotels.SearchAsync(Query, 1).SingleAsync()).Record.Name);
        Assert.Equal("Harbour", (await hotels.KeywordSearchAsync(["view"], 1).SingleAsync()).Record.Name);
        Assert.Equal(4, await hotels.HybridSearchAsync(Query, ["view"], 10).CountAsync());
    }
}
