using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class SqliteCollectionTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Records_come_back_as_they_were_stored()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var found = await hotels.GetAsync(Hotels.All.Select(hotel => hotel.Name).Append("none"), new() { IncludeVectors = true }).ToListAsync();

        Assert.Equivalent(Hotels.All.Select(hotel => (hotel.Name, hotel.City, hotel.Stars, hotel.HasPool, hotel.Rooms, hotel.Description)), found.Select(hotel => (hotel.Name, hotel.City, hotel.Stars, hotel.HasPool, hotel.Rooms, hotel.Description)));
        Assert.All(found.Zip(Hotels.All), pair =>
        {
            Assert.Equal(pair.Second.Tags, pair.First.Tags);
            Assert.Equal(pair.Second.Place?.ToArray(), pair.First.Place?.ToArray());
        });
    }

    [Fact]
    public async Task A_record_of_a_known_key_replaces_the_old_one_everywhere()
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
    public async Task Removed_records_are_found_no_more()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1));

        await hotels.DeleteAsync(["Harbour", "none"]);

        Assert.Equal("Station", await FirstAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1)));
        Assert.DoesNotContain("Harbour", await NamesAsync(hotels.HybridSearchAsync(new float[] { 1, 0, 0, 0 }, ["ferries"], 10)));
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_with_both_lengths()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var stored = await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync(new Hotel { Name = "x", Place = new float[5] }));
        var searched = await Assert.ThrowsAsync<ArgumentException>(() => NamesAsync(hotels.SearchAsync(new float[3], 1)));

        Assert.StartsWith("A vector for the property 'Place' has 5 dimensions; the collection expects 4.", stored.Message, StringComparison.Ordinal);
        Assert.StartsWith("A vector for the property 'Place' has 3 dimensions; the collection expects 4.", searched.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vector_that_is_not_finite_is_refused()
    {
        var hotels = await _file.HotelsAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync(new Hotel { Name = "x", Place = new[] { 0, 0, 0, float.NaN } }));
    }

    [Fact]
    public async Task A_collection_that_is_not_there_is_named_with_the_next_step()
    {
        var hotels = _file.Store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.GetAsync("x"));

        Assert.Equal($"There is no collection 'hotels' in the database '{_file.Path}'. Call EnsureCollectionExistsAsync on the collection first.", error.Message);
        Assert.Equal(("sqlite", _file.Path, "hotels", "GetAsync"), (error.VectorStoreSystemName, error.VectorStoreName, error.CollectionName, error.OperationName));
    }

    [Fact]
    public async Task Names_that_would_be_code_are_only_names()
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
    public void Names_that_are_kept_are_refused(string name) =>
        Assert.Throws<ArgumentException>(() => _file.Store.GetCollection<string, Hotel>(name));

    private static Task<List<string>> NamesAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) =>
        results.Select(result => result.Record.Name).ToListAsync().AsTask();

    private static async Task<string> FirstAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) => (await NamesAsync(results))[0];
}
