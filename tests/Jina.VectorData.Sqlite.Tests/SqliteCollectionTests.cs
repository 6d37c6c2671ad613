using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class SqliteCollectionTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Records_are_read_as_they_were_stored()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var names = Hotels.All.Select(hotel => hotel.Name).Append("none");
        var found = await hotels.GetAsync(names, new() { IncludeVectors = true }).ToListAsync();

        Assert.Equivalent(Hotels.All.Select(Values), found.Select(Values));
        Assert.All(found.Zip(Hotels.All), pair =>
        {
            Assert.Equal(pair.Second.Tags, pair.First.Tags);
            Assert.Equal(pair.Second.Place?.ToArray(), pair.First.Place?.ToArray());
        });

        static object Values(Hotel hotel) => (hotel.Name, hotel.City, hotel.Stars, hotel.HasPool, hotel.Rooms, hotel.Description);
    }

    [Fact]
    public async Task A_record_replaces_the_record_with_its_key_everywhere()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        await hotels.UpsertAsync(new Hotel { Name = "Summit", Description = "a lighthouse", Place = new float[] { 0, 0, 0, 1 } });

        Assert.Null((await hotels.GetAsync("Summit"))!.City);
        Assert.Equal("Summit", await FirstAsync(hotels.SearchAsync(new float[] { 0, 0, 0, 1 }, 1)));
        Assert.Empty(await NamesAsync(hotels.KeywordSearchAsync(["skiing right"], 5)));
        Assert.Equal(["Summit"], await NamesAsync(hotels.KeywordSearchAsync(["lighthouse"], 5)));
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_nothing_behind()
    {
        var hotels = await _file.HotelsAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync([new Hotel { Name = "good" }, new Hotel { Name = null! }]));

        Assert.Empty(await hotels.GetAsync(_ => true, 10).ToListAsync());
    }

    [Fact]
    public async Task Removed_records_are_not_found()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1));

        await hotels.DeleteAsync(["Harbour", "none"]);

        Assert.Equal("Station", await FirstAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1)));
        Assert.DoesNotContain("Harbour", await NamesAsync(hotels.HybridSearchAsync(new float[] { 1, 0, 0, 0 }, ["ferries"], 10)));
    }

    [Fact]
    public async Task A_vector_of_another_length_is_rejected_with_both_lengths()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var stored = await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync(new Hotel { Name = "x", Place = new float[5] }));
        var searched = await Assert.ThrowsAsync<ArgumentException>(() => NamesAsync(hotels.SearchAsync(new float[3], 1)));

        Assert.StartsWith(
            "The vector for the property 'Place' of the record with the key 'x' has 5 dimensions, but the collection expects 4.",
            stored.Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The vector to search for in the property 'Place' has 3 dimensions, but the collection expects 4.",
            searched.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vector_that_is_not_finite_is_rejected_with_its_key()
    {
        var hotels = await _file.HotelsAsync();
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            Hotel[] all = [Hotels.All[0], new() { Name = "x", Place = new[] { 0, 0, 0, value } }];

            var error = await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync(all));

            Assert.StartsWith(
                "The vector for the property 'Place' of the record with the key 'x' has a component that is not finite.",
                error.Message,
                StringComparison.Ordinal);
            Assert.Null(await hotels.GetAsync("Harbour"));
        }
    }

    [Fact]
    public async Task A_missing_collection_is_reported_with_the_next_step()
    {
        var hotels = _file.Store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.GetAsync("x"));

        Assert.Equal(
            $"The database '{_file.Path}' has no collection 'hotels'. Call EnsureCollectionExistsAsync on the collection first.",
            error.Message);
        Assert.Equal(
            ("sqlite", _file.Path, "hotels", "GetAsync"),
            (error.VectorStoreSystemName, error.VectorStoreName, error.CollectionName, error.OperationName));
    }

    [Fact]
    public async Task Names_with_SQL_in_them_are_only_names()
    {
        const string Name = "x\"; DROP TABLE hotels; --'[]%";
        await _file.HotelsAsync(Hotels.All);
        var odd = (SqliteCollection<string, Hotel>)_file.Store.GetCollection<string, Hotel>(Name);
        await odd.EnsureCollectionExistsAsync();
        await odd.UpsertAsync(Hotels.All);

        Assert.Equal(4, (await NamesAsync(odd.SearchAsync(new float[] { 1, 0, 0, 0 }, 10))).Count);
        Assert.Equal(["hotels", Name], await _file.Store.ListCollectionNamesAsync().ToListAsync());
        await odd.EnsureCollectionDeletedAsync();
        Assert.Equal(["hotels"], await _file.Store.ListCollectionNamesAsync().ToListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a::b")]
    [InlineData("sqlite_x")]
    [InlineData("VectorData_x")]
    public void Reserved_names_are_rejected(string name) =>
        Assert.Throws<ArgumentException>(() => _file.Store.GetCollection<string, Hotel>(name));

    private static Task<List<string>> NamesAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) =>
        results.Select(result => result.Record.Name).ToListAsync().AsTask();

    private static async Task<string> FirstAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) => (await NamesAsync(results))[0];
}
