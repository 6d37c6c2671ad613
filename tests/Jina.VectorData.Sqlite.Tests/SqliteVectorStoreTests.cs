using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class SqliteVectorStoreTests
{
    [Fact]
    public async Task A_store_in_memory_keeps_its_data_until_it_is_disposed()
    {
        using var store = new SqliteVectorStore("Data Source=:memory:");
        using var other = new SqliteVectorStore("Data Source=:memory:");
        var hotels = store.GetCollection<string, Hotel>("hotels");
        await hotels.EnsureCollectionExistsAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            hotels.UpsertAsync(new Hotel { Name = $"{i}", Place = new[] { i, 1f, 0, 0 } })));

        Assert.Equal(20, await hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 100).CountAsync());
        Assert.Empty(await other.ListCollectionNamesAsync().ToListAsync());
    }

    [Fact]
    public async Task Readers_work_beside_a_writer_and_see_whole_batches()
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync();
        using var second = new SqliteVectorStore(file.ConnectionString);
        var elsewhere = second.GetCollection<string, Hotel>("hotels");
        var writing = Task.Run(async () =>
        {
            for (var batch = 0; batch < 30; batch++)
            {
                await hotels.UpsertAsync(Enumerable.Range(0, 10).Select(i =>
                    new Hotel { Name = $"{batch}-{i}", Stars = batch, Place = new[] { i, 1f, 0, 0 } }));
            }
        });

        var counts = new List<int>();
        while (!writing.IsCompleted)
        {
            counts.Add(await elsewhere.SearchAsync(new float[] { 1, 0, 0, 0 }, 1000).CountAsync());
        }

        await writing;
        Assert.Equal(300, await elsewhere.SearchAsync(new float[] { 1, 0, 0, 0 }, 1000).CountAsync());
        Assert.All(counts, count => Assert.Equal(0, count % 10));
        Assert.Equal(counts.Order(), counts);
    }

    [Fact]
    public async Task The_vectors_of_the_least_recently_used_collection_are_removed_from_the_cache()
    {
        // Any two of the collections fit, all three do not. Their sizes differ, so the sum shows which ones are cached.
        using var file = new TestStore(new() { MaxVectorCacheBytes = 28_000 });
        var (a, b, c) = (await FilledAsync("a", 300), await FilledAsync("b", 400), await FilledAsync("c", 500));

        await SearchAsync(a);
        var bytesPerVector = file.Store.VectorCacheBytes / 300;
        await SearchAsync(b);
        await SearchAsync(a);
        Assert.Equal(bytesPerVector * (300 + 400), file.Store.VectorCacheBytes);

        await SearchAsync(c);
        Assert.Equal(bytesPerVector * (300 + 500), file.Store.VectorCacheBytes);

        async Task<VectorStoreCollection<string, Hotel>> FilledAsync(string name, int count)
        {
            var collection = file.Store.GetCollection<string, Hotel>(name);
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync(Enumerable.Range(0, count).Select(i =>
                new Hotel { Name = $"{i}", Place = new[] { i, 1f, 0, 0 } }));
            return collection;
        }

        static async Task SearchAsync(VectorStoreCollection<string, Hotel> collection) =>
            Assert.Equal(10, await collection.SearchAsync(new float[] { 1, 0, 0, 0 }, 10).CountAsync());
    }

    [Fact]
    public async Task A_disposed_store_releases_its_file_and_rejects_calls()
    {
        var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);

        file.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => hotels.GetAsync("Summit"));
    }

    [Fact]
    public async Task A_recreated_collection_has_no_records_of_the_old_one()
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);
        Assert.Equal(4, await hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 10).CountAsync());

        await hotels.EnsureCollectionDeletedAsync();
        await file.HotelsAsync(Hotels.All[1]);

        Assert.Equal("Summit", (await hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 10).SingleAsync()).Record.Name);
    }

    [Fact]
    public void GetService_returns_the_metadata_and_the_store_itself()
    {
        using var file = new TestStore();

        Assert.Same(file.Store, file.Store.GetService(typeof(VectorStore)));
        var metadata = Assert.IsType<VectorStoreMetadata>(file.Store.GetService(typeof(VectorStoreMetadata)));
        Assert.Equal(("sqlite", file.Path), (metadata.VectorStoreSystemName, metadata.VectorStoreName));
        Assert.Null(file.Store.GetService(typeof(VectorStore), "key"));
    }
}
