using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that a damaged file is reported by what is damaged, and that nothing is scored that is not a vector.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly float[] Query = [1, 0, 0, 0];

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("x''", "a blob of 0 bytes", 1 << 20)]
    [InlineData("x'0000803f'", "a blob of 4 bytes", 1 << 20)]
    [InlineData("x'0000803f'", "a blob of 4 bytes", 0)]
    [InlineData("zeroblob(15)", "a blob of 15 bytes", 1 << 20)]
    [InlineData("zeroblob(17)", "a blob of 17 bytes", 0)]
    [InlineData("zeroblob(100000)", "a blob of 100000 bytes", 1 << 20)]
    [InlineData("'sixteen letters!'", "not a blob", 1 << 20)]
    [InlineData("'sixteen letters!'", "not a blob", 0)]
    [InlineData("7", "not a blob", 1 << 20)]
    [InlineData("x'0000c07f000000000000000000000000'", "a vector with a component that is not finite", 1 << 20)]
    [InlineData("x'000000000000807f0000000000000000'", "a vector with a component that is not finite", 0)]
    public async Task A_damaged_vector_is_reported_by_collection_and_key(string value, string found, long cacheBytes)
    {
        await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"UPDATE \"hotels::vector::Place\" SET vector = {value} WHERE \"::id\" = 2");
        using var store = new SqliteVectorStore(_file.ConnectionString, new() { MaxVectorCacheBytes = cacheBytes });
        var hotels = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");
        var message = $"In the collection 'hotels', the vector 'Place' of the record with the key 'Summit' is {found}. "
            + "Expected: 4 finite numbers in 16 bytes.";

        var bySearch = await Assert.ThrowsAsync<VectorStoreException>(async () => await hotels.SearchAsync(Query, 3).CountAsync());
        var byFilter = await Assert.ThrowsAsync<VectorStoreException>(async () =>
            await hotels.HybridSearchAsync(Query, ["view"], 3, new() { Filter = hotel => hotel.Stars == 5 }).CountAsync());
        Assert.Contains(message, bySearch.Message, StringComparison.Ordinal);
        Assert.Contains(message, byFilter.Message, StringComparison.Ordinal);
        if (!found.Contains("finite", StringComparison.Ordinal))
        {
            var byKey = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.GetAsync("Summit", new() { IncludeVectors = true }));
            Assert.Contains(message, byKey.Message, StringComparison.Ordinal);
        }

        // The rest of the collection can be used, and the record can be repaired.
        Assert.NotNull(await hotels.GetAsync("Summit"));
        Assert.NotNull(await hotels.GetAsync("Harbour", new() { IncludeVectors = true }));
        await hotels.UpsertAsync(Hotels.All[1]);
        Assert.Equal(4, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Theory]
    [InlineData("Stars", "'five'", "the text 'five'", "System.Int32")]
    [InlineData("Stars", "4000000000", "4000000000", "System.Int32")]
    [InlineData("Stars", "4.5", "4.5", "System.Int32")]
    [InlineData("Stars", "x'00ff'", "a blob of 2 bytes", "System.Int32")]
    [InlineData("Rooms", "'many' || char(27)", "the text 'many\\u001B'", "System.Int32")]
    [InlineData("HasPool", "'yes'", "the text 'yes'", "System.Boolean")]
    [InlineData("City", "x'4b69656c'", "a blob of 4 bytes", "System.String")]
    [InlineData("Tags", "'[1'", "the text '[1'", "System.String[]")]
    [InlineData("Tags", "'7'", "the text '7'", "System.String[]")]
    [InlineData("Tags", "'[7]'", "the text '[7]'", "System.String[]")]
    [InlineData("Tags", "x'00'", "a blob of 1 bytes", "System.String[]")]
    public async Task A_damaged_value_is_reported_by_collection_property_and_key(string property, string value, string found, string type)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"UPDATE \"hotels\" SET \"{property}\" = {value} WHERE \"Name\" = 'Summit'");
        var message = $"In the collection 'hotels', the value of '{property}' in the record with the key 'Summit' is {found}. "
            + $"Expected: a value of the type {type}.";

        var byKey = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.GetAsync("Summit"));
        var bySearch = await Assert.ThrowsAsync<VectorStoreException>(async () => await hotels.SearchAsync(Query, 10).CountAsync());
        Assert.Contains(message, byKey.Message, StringComparison.Ordinal);
        Assert.Contains(message, bySearch.Message, StringComparison.Ordinal);

        await hotels.UpsertAsync(Hotels.All[1]);
        Assert.Equal(4, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Fact]
    public async Task A_vector_whose_norm_is_too_large_for_a_float_is_not_damage()
    {
        var hotels = await _file.HotelsAsync(new Hotel { Name = "Far", Place = new[] { 3e38f, 3e38f, 0, 0 } });

        Assert.Equal(1, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Theory]
    [InlineData("definition = ''")]
    [InlineData("definition = 'null'")]
    [InlineData("definition = '[]'")]
    [InlineData("definition = '{}'")]
    [InlineData("definition = '7'")]
    [InlineData("definition = '{\"columns\":null,\"vectors\":[],\"fullText\":[]}'")]
    [InlineData("definition = '{\"columns\":[],\"vectors\":[],\"fullText\":[]}'")]
    [InlineData("definition = '{\"columns\":[null],\"vectors\":[],\"fullText\":[]}'")]
    [InlineData("definition = '{\"columns\":[{\"name\":\"Name\"}],\"vectors\":[],\"fullText\":[]}'")]
    [InlineData("definition = '{\"columns\":\"Name\",\"vectors\":[],\"fullText\":[]}'")]
    [InlineData("definition = replace(definition, '\"dimensions\":4', '\"dimensions\":\"four\"')")]
    [InlineData("definition = replace(definition, '\"dimensions\":4', '\"dimensions\":4000000000')")]
    [InlineData("definition = replace(definition, '\"dimensions\":4', '\"dimensions\":-4')")]
    [InlineData("definition = replace(definition, '[\"Description\"]', '[null]')")]
    [InlineData("definition = replace(definition, '[\"Description\"]', 'null')")]
    [InlineData("definition = substr(definition, 1, 40)")]
    [InlineData("definition = x'00ff'")]
    [InlineData("definition = 7, last_id = last_id")]
    [InlineData("last_id = 'many'")]
    [InlineData("last_id = 1.5")]
    [InlineData("last_id = -1")]
    [InlineData("removals = x'01'")]
    [InlineData("removals = -5")]
    [InlineData("commits = 0, token = 'x'")]
    public async Task A_damaged_catalog_entry_is_reported_and_can_be_dropped(string change)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"DROP TRIGGER vectordata_changed; UPDATE vectordata_collections SET {change}");
        using var store = new SqliteVectorStore(_file.ConnectionString);
        var damaged = (SqliteCollection<string, Hotel>)store.GetCollection<string, Hotel>("hotels");

        foreach (var collection in new[] { hotels, damaged })
        {
            await AssertDamagedAsync(collection, $"catalog entry of the collection 'hotels' is damaged");
        }

        if (change.StartsWith("definition = '", StringComparison.Ordinal))
        {
            await damaged.EnsureCollectionDeletedAsync();
            await damaged.EnsureCollectionExistsAsync();
            await damaged.UpsertAsync(Hotels.All);
            Assert.Equal(4, await damaged.SearchAsync(Query, 10).CountAsync());
        }
    }

    [Theory]
    [InlineData("ALTER TABLE vectordata_collections DROP COLUMN definition", "has no column 'definition'")]
    [InlineData("ALTER TABLE vectordata_collections RENAME COLUMN last_id TO last", "has no column 'last_id'")]
    [InlineData("ALTER TABLE vectordata_collections RENAME TO other", "no such table")]
    [InlineData("ALTER TABLE vectordata_schema RENAME COLUMN version TO v", "no such column")]
    [InlineData("DELETE FROM vectordata_schema", "have layout unknown")]
    [InlineData("UPDATE vectordata_schema SET version = 'two'", "have layout two")]
    [InlineData("UPDATE vectordata_schema SET version = x'02'", "have layout unknown")]
    [InlineData("UPDATE vectordata_schema SET version = 1.5", "have layout 1.5")]
    [InlineData("INSERT INTO vectordata_schema VALUES (2)", "have layout unknown")]
    [InlineData("DROP TABLE hotels", "lacks a table or column")]
    [InlineData("DROP TABLE \"hotels::vector::Place\"", "lacks a table or column")]
    [InlineData("ALTER TABLE hotels RENAME COLUMN Name TO Title", "lacks a table or column")]
    public async Task A_damaged_table_is_reported(string sql, string message)
    {
        await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync($"DROP TRIGGER vectordata_changed; {sql}");
        using var store = new SqliteVectorStore(_file.ConnectionString);
        var hotels = store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(async () => await hotels.SearchAsync(Query, 3).CountAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_from_the_file_is_printed_escaped_and_truncated()
    {
        await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync(
            "UPDATE vectordata_collections SET definition = replace(definition, 'City', '\\u001b[31m' || hex(zeroblob(5000)))");
        using var store = new SqliteVectorStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<VectorStoreException>(
            () => store.GetCollection<string, Hotel>("hotels").GetAsync("Summit"));

        Assert.Contains("\\u001B[31m000", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1000, 4001);
    }

    [Fact]
    public async Task Rows_that_another_program_inserts_do_not_disturb_later_records()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync("INSERT INTO hotels (Name, Stars, HasPool, Tags) VALUES ('Foreign', 1, 0, '[]')");

        await hotels.UpsertAsync(new Hotel { Name = "Late", Place = new float[] { 1, 0, 0, 0 } });

        Assert.NotNull(await hotels.GetAsync("Foreign"));
        Assert.Equal(5, await hotels.SearchAsync(Query, 10).CountAsync());
    }

    [Fact]
    public async Task A_vector_without_a_record_leaves_the_scores_of_the_others()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync("DROP TRIGGER \"hotels::removed\"; DELETE FROM hotels WHERE Name = 'Station'");

        var found = await hotels.SearchAsync(new float[] { 0.5f, 0.5f, 0, 0 }, 10).ToListAsync();

        Assert.DoesNotContain(found, hit => hit.Record.Name == "Station");
        Assert.Equal(-0.0, found.Single(hit => hit.Record.Name == "Quo'te \"d\"").Score!.Value, 5);
        Assert.Equal(0.70711, found.Single(hit => hit.Record.Name == "Harbour").Score!.Value, 5);
    }

    private static async Task AssertDamagedAsync(SqliteCollection<string, Hotel> hotels, string message)
    {
        Func<Task>[] calls =
        [
            () => hotels.GetAsync("Summit"),
            async () => await hotels.GetAsync(hotel => hotel.Stars > 1, 10).CountAsync(),
            async () => await hotels.SearchAsync(Query, 3).CountAsync(),
            async () => await hotels.HybridSearchAsync(Query, ["view"], 3).CountAsync(),
            async () => await hotels.KeywordSearchAsync(["view"], 3).CountAsync(),
            () => hotels.UpsertAsync(Hotels.All),
            () => hotels.DeleteAsync("Summit"),
            () => hotels.EnsureCollectionExistsAsync(),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<VectorStoreException>(call);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
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
