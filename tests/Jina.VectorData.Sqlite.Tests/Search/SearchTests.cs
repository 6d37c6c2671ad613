using System.Numerics.Tensors;
using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private const int Dimensions = 4;

    private static readonly Gen<float[]> Vector = Gen.Float[-1, 1].Array[Dimensions];

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(0)]
    public async Task A_search_returns_the_same_results_as_a_comparison_with_every_vector(long cacheBytes)
    {
        using var file = new TestStore(new() { MaxVectorCacheBytes = cacheBytes });
        var random = new Random(1);
        float[] Next() => [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f)];
        var vectors = Enumerable.Range(0, 3000).Select(_ => Next()).ToArray();
        var hotels = await file.HotelsAsync(
            [.. vectors.Select((vector, i) => new Hotel { Name = $"{i}", Stars = i % 10, Place = vector })]);

        for (var i = 0; i < 20; i++)
        {
            var query = Next();
            var all = vectors
                .Select((vector, i) => (Name: $"{i}", Stars: i % 10, Score: TensorPrimitives.CosineSimilarity(query, vector)))
                .OrderByDescending(row => row.Score)
                .ToList();
            await AssertSameAsync(all.Take(10), hotels.SearchAsync(query, 10));
            await AssertSameAsync(
                all.Where(row => row.Stars == 7).Skip(2).Take(5),
                hotels.SearchAsync(query, 5, new() { Skip = 2, Filter = hotel => hotel.Stars == 7 }));
        }

        Assert.InRange(file.Store.VectorCacheBytes, cacheBytes == 0 ? 0 : 1, cacheBytes);
    }

    [Fact]
    public async Task The_cached_vectors_follow_every_change_of_the_file()
    {
        // Both stores write to the same file, and only one of them caches vectors.
        var cached = await _file.HotelsAsync();
        using var other = new SqliteVectorStore(_file.ConnectionString, new() { MaxVectorCacheBytes = 0 });
        var read = (SqliteCollection<string, Hotel>)other.GetCollection<string, Hotel>("hotels");

        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 30], Vector, Gen.Int[0, 3]).Array[1, 12].Sample(steps =>
        {
            foreach (var (first, count, vector, kind) in steps)
            {
                var names = Enumerable.Range(first, count).Select(i => $"{i}").ToList();
                var writer = kind % 2 == 0 ? cached : read;
                var written = names.Select((name, i) => new Hotel
                {
                    Name = name,
                    Place = i % 5 == 4 ? (ReadOnlyMemory<float>?)null : vector.Select(value => value + i).ToArray(),
                });
                (kind < 2 ? writer.UpsertAsync(written) : writer.DeleteAsync(names)).GetAwaiter().GetResult();
                Assert.Equal(Ranked(read, vector), Ranked(cached, vector));
            }
        }, iter: 30, threads: 1);
    }

    [Fact]
    public async Task A_search_that_fails_while_it_reads_vectors_does_not_disturb_the_cached_ones()
    {
        var hotels = await _file.HotelsAsync([.. Enumerable.Range(0, 100).Select(At)]);
        Assert.Equal(100, Ranked(hotels, At(0).Place!.Value.ToArray()).Count);
        await hotels.UpsertAsync(Enumerable.Range(100, 100).Select(At));

        // A vector that is too long for the cache stops the search in the middle of the added vectors.
        var original = await ReplaceVectorAsync(new byte[1_000_000]);
        await Assert.ThrowsAnyAsync<Exception>(() => NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1)));
        await ReplaceVectorAsync(original);

        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"{i}").Order(),
            (await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, int.MaxValue))).Order());

        static Hotel At(int i) => new() { Name = $"{i}", Place = new[] { i, 1f, 0, 0 } };

        async Task<byte[]> ReplaceVectorAsync(byte[] vector)
        {
            using var connection = new SqliteConnection(_file.ConnectionString);
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT vector FROM \"hotels::vector::Place\" WHERE \"::id\" = 150";
            var before = (byte[])(await command.ExecuteScalarAsync())!;
            command.CommandText = "UPDATE \"hotels::vector::Place\" SET vector = $vector WHERE \"::id\" = 150";
            command.Parameters.AddWithValue("$vector", vector);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
            return before;
        }
    }

    [Fact]
    public async Task A_row_deleted_by_another_program_loses_its_vector_and_words()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1));
        using (var connection = new SqliteConnection(_file.ConnectionString))
        {
            await connection.OpenAsync();
            using var delete = connection.CreateCommand();
            delete.CommandText = "DELETE FROM hotels WHERE Name = 'Harbour'";
            Assert.Equal(1, await delete.ExecuteNonQueryAsync());
        }

        Assert.DoesNotContain("Harbour", await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 10)));
        Assert.Empty(await NamesAsync(hotels.KeywordSearchAsync(["view"], 10)));
    }

    [Fact]
    public async Task A_restored_backup_is_searched_in_its_earlier_state()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        var copy = $"{_file.Path}.copy";
        using (var source = new SqliteConnection(_file.ConnectionString))
        using (var backup = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            source.Open();
            source.BackupDatabase(backup);
        }

        await hotels.UpsertAsync(new Hotel { Name = "Late", Place = new float[] { 1, 0, 0, 0 } });
        await hotels.DeleteAsync("Harbour");
        Assert.Equal("Late", (await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 1)))[0]);
        using (var restored = new SqliteConnection(_file.ConnectionString))
        using (var backup = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            backup.Open();
            restored.Open();
            backup.BackupDatabase(restored);
        }

        Assert.Equal(["Harbour", "Station"], await NamesAsync(hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 2)));
    }

    [Fact]
    public async Task All_results_can_be_requested()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        var query = new float[] { 1, 0, 0, 0 };

        Assert.Equal(3, (await NamesAsync(hotels.SearchAsync(query, int.MaxValue, new() { Skip = 1 }))).Count);
        Assert.Equal(3, (await NamesAsync(hotels.HybridSearchAsync(query, ["view"], int.MaxValue, new() { Skip = 1 }))).Count);
    }

    [Fact]
    public async Task Only_results_that_reach_the_threshold_are_returned()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var results = hotels.SearchAsync(new float[] { 1, 0, 0, 0 }, 10, new() { ScoreThreshold = 0.5 });

        Assert.Equal(["Harbour", "Station"], await NamesAsync(results));
    }

    [Fact]
    public async Task A_zero_vector_has_the_similarity_zero_with_every_vector()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        var results = await hotels.SearchAsync(new float[4], 10).ToListAsync();

        Assert.Equal(4, results.Count);
        Assert.All(results, result => Assert.Equal(0, result.Score));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\" OR \"ferries")]
    [InlineData("Description: x) OR (a")]
    [InlineData("* NEAR(a b) ^ { } : -")]
    [InlineData("\0")]
    [InlineData("")]
    public async Task A_keyword_is_text_and_not_query_syntax(string keyword)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);

        Assert.Empty(await NamesAsync(hotels.KeywordSearchAsync([keyword], 10)));
        Assert.Equal(4, (await NamesAsync(hotels.HybridSearchAsync(new float[] { 1, 0, 0, 0 }, [keyword], 10))).Count);
    }

    /// <summary>Asserts that two rankings are equal. Vectors whose scores differ only by rounding can change places.</summary>
    private static async Task AssertSameAsync(
        IEnumerable<(string Name, int Stars, float Score)> expected, IAsyncEnumerable<VectorSearchResult<Hotel>> actual)
    {
        var found = await actual.ToListAsync();
        Assert.Equal(expected.Select(row => Math.Round(row.Score, 5)), found.Select(result => Math.Round(result.Score!.Value, 5)));
        Assert.True(expected.Count(row => found.Exists(result => result.Record.Name == row.Name)) >= found.Count - 1);
    }

    private static List<(string, double?)> Ranked(SqliteCollection<string, Hotel> hotels, float[] query) =>
        [.. hotels.SearchAsync(query, 100).ToBlockingEnumerable().Select(result => (result.Record.Name, result.Score))];

    private static async Task<List<string>> NamesAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) =>
        await results.Select(result => result.Record.Name).ToListAsync();
}
