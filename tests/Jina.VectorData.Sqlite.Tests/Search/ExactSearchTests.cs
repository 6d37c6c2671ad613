using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Search;

/// <summary>Tests that a search through int8 codes has the IDs and, bit for bit, the scores of a scan of floats.</summary>
public sealed class ExactSearchTests : IDisposable
{
    private const int EnoughBytes = 1 << 30;

    private readonly TestStore _file = new();

    public static TheoryData<string, int, int, int> Cases { get; } =
    [
        .. from name in new[]
           {
               DistanceFunction.CosineSimilarity, DistanceFunction.CosineDistance, DistanceFunction.DotProductSimilarity,
               DistanceFunction.NegativeDotProductSimilarity, DistanceFunction.EuclideanDistance,
               DistanceFunction.EuclideanSquaredDistance, DistanceFunction.ManhattanDistance, DistanceFunction.HammingDistance,
           }
           from size in new[] { (3000, 1), (3000, 3), (6000, 64), (200, 4096) }
           from bytes in new[] { EnoughBytes, 0 }
           select (name, size.Item1, size.Item2, bytes),
    ];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Hits_are_those_of_a_scan(string distanceFunction, int count, int dimensions, int cacheBytes)
    {
        var vectors = VectorRecords.Create(count, dimensions);
        await new VectorRecords(_file.Store, dimensions, distanceFunction).StoreAsync(vectors);
        using var store = new SqliteVectorStore(_file.ConnectionString, new() { MaxVectorCacheBytes = cacheBytes });
        var records = new VectorRecords(store, dimensions, distanceFunction);
        float[][] queries = [.. VectorRecords.Create(20, dimensions, seed: 2), vectors[0], vectors[10], vectors[19], new float[dimensions]];

        foreach (var query in queries)
        {
            foreach (var top in new[] { 1, 10, 100 })
            {
                var expected = VectorRecords.Scan(vectors, distanceFunction, query, top);
                Assert.Equal(expected, await records.SearchAsync(query, top));
                Assert.Equal(
                    VectorRecords.Scan(vectors, distanceFunction, query, top, threshold: expected[^1].Score),
                    await records.SearchAsync(query, top, threshold: expected[^1].Score));
                Assert.Equal(
                    VectorRecords.Scan(vectors, distanceFunction, query, top, group: 23),
                    await records.SearchAsync(query, top, group: 23));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Small_collections_are_searched(int count)
    {
        var vectors = VectorRecords.Create(count, 8);
        var records = await new VectorRecords(_file.Store, 8).StoreAsync(vectors);
        var query = VectorRecords.Create(1, 8, seed: 2)[0];

        Assert.Equal(VectorRecords.Scan(vectors, null, query, 10), await records.SearchAsync(query, 10));
    }

    [Fact]
    public async Task Vectors_are_cached_in_at_most_27_percent_of_their_size()
    {
        const int Count = 7900;
        var records = await new VectorRecords(_file.Store, 512).StoreAsync(VectorRecords.Create(Count, 512));

        await records.SearchAsync(VectorRecords.Create(1, 512, seed: 2)[0], 10);

        Assert.InRange(_file.Store.VectorCacheBytes, 1, 0.27 * Count * 512 * sizeof(float));
    }

    [Fact]
    public async Task A_selective_filter_does_not_read_all_vectors()
    {
        var vectors = VectorRecords.Create(3000, 8);
        var records = await new VectorRecords(_file.Store, 8).StoreAsync(vectors);
        var query = VectorRecords.Create(1, 8, seed: 2)[0];

        Assert.Equal(VectorRecords.Scan(vectors, null, query, 2, group: 5), await records.SearchAsync(query, 2, group: 5));
        Assert.Equal(0, _file.Store.VectorCacheBytes);

        // Vectors that are cached anyway are used.
        await records.SearchAsync(query, 2);
        Assert.Equal(VectorRecords.Scan(vectors, null, query, 2, group: 5), await records.SearchAsync(query, 2, group: 5));
    }

    [Theory]
    [InlineData(EnoughBytes)]
    [InlineData(0)]
    public async Task Only_the_vectors_that_can_be_hits_are_read(int cacheBytes)
    {
        // The search fails if it reads the damaged vector, which is far from the query.
        var vectors = Enumerable.Range(0, 3000).Select(i => new[] { MathF.Cos(i / 1000f), MathF.Sin(i / 1000f) }).ToArray();
        await new VectorRecords(_file.Store, 2).StoreAsync(vectors);
        await _file.ExecuteAsync(
            "DROP TRIGGER \"records::vector::Vector::int8::UPDATE\"; "
            + "UPDATE \"records::vector::Vector\" SET vector = x'00' WHERE \"::id\" = 2000");
        using var store = new SqliteVectorStore(_file.ConnectionString, new() { MaxVectorCacheBytes = cacheBytes });
        var records = new VectorRecords(store, 2);

        Assert.Equal(VectorRecords.Scan(vectors, null, vectors[0], 5), await records.SearchAsync(vectors[0], 5));
        await Assert.ThrowsAsync<VectorStoreException>(() => records.SearchAsync(vectors[1999], 5));
    }
}
