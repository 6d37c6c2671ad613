using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class HybridFusionTests
{
    private static readonly float[] Query = [0, 1, 0, 0];

    /// <summary>Vectors whose different scores stay different when they are normalized.</summary>
    private static readonly Gen<float[]> Vector = Gen.Int[-8, 8].Select(value => value / 4f).Array[4];

    [Fact]
    public async Task A_convex_combination_adds_up_normalized_scores()
    {
        using var file = new TestStore(new() { HybridFusion = HybridFusion.ConvexCombination(0.3) });
        var hotels = await file.HotelsAsync(Hotels.All);
        var cosines = await ScoresAsync(hotels.SearchAsync(Query, 10));
        var bm25 = await ScoresAsync(hotels.KeywordSearchAsync(["view", "helicopter"], 10));
        Assert.Equal("Harbour", Assert.Single(bm25).Key);

        var fused = await ScoresAsync(hotels.HybridSearchAsync(Query, ["view", "helicopter"], 10));

        // One of five records has the first keyword, and none the second.
        var best = 2.2 * (Math.Log(4.5 / 1.5) + Math.Log(5.5 / 0.5));
        Assert.Equal(cosines.Count, fused.Count);
        Assert.All(fused, hit => Assert.Equal(
            (0.7 * (cosines[hit.Key] + 1) / 2) + (0.3 * bm25.GetValueOrDefault(hit.Key) / best), hit.Value, 6));
    }

    [Fact]
    public async Task Reciprocal_rank_adds_up_weighted_reciprocal_ranks()
    {
        using var file = new TestStore(new() { HybridFusion = HybridFusion.ReciprocalRank(0.25) });
        var hotels = await file.HotelsAsync(Hotels.All);
        var byVector = (await ScoresAsync(hotels.SearchAsync(Query, 10))).Keys.ToArray();
        var byKeyword = (await ScoresAsync(hotels.KeywordSearchAsync(["ferry"], 10))).Keys.ToArray();

        var fused = await ScoresAsync(hotels.HybridSearchAsync(Query, ["ferry"], 10));

        Assert.Equal(4, fused.Count);
        Assert.All(fused, hit => Assert.Equal(
            (0.75 * Reciprocal(byVector, hit.Key)) + (0.25 * Reciprocal(byKeyword, hit.Key)), hit.Value, 12));

        static double Reciprocal(string[] ranking, string name) =>
            Array.IndexOf(ranking, name) is >= 0 and var index ? 1.0 / (60 + index + 1) : 0;
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.CosineDistance)]
    [InlineData(DistanceFunction.DotProductSimilarity)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    [InlineData(DistanceFunction.EuclideanSquaredDistance)]
    [InlineData(DistanceFunction.ManhattanDistance)]
    [InlineData(DistanceFunction.HammingDistance)]
    public void A_convex_combination_is_between_0_and_1_and_keeps_the_order_of_its_only_ranking(string distance)
    {
        Gen.Select(Vector.Array[1, 12], Vector, Gen.Double[0, 1]).Sample((vectors, query, weight) =>
        {
            using var all = Open(weight);
            using var vectorOnly = Open(0);
            using var keywordOnly = Open(1);
            Hotel[] hotels = [.. vectors.Select((vector, i) => new Hotel
            {
                Name = $"{i}",
                Description = string.Join(' ', Enumerable.Repeat("sea", i % 3).Append("house")),
                Place = i % 5 == 4 ? (ReadOnlyMemory<float>?)null : vector,
            })];
            foreach (var store in new[] { all, vectorOnly, keywordOnly })
            {
                store.EnsureCollectionExistsAsync().GetAwaiter().GetResult();
                store.UpsertAsync(hotels).GetAwaiter().GetResult();
            }

            Assert.All(Hits(all, query), hit => Assert.InRange(hit.Score!.Value, -1e-9, 1 + 1e-6));

            // Rows of the other ranking have no points, and follow.
            var byVector = vectorOnly.SearchAsync(query, 100).ToBlockingEnumerable().Select(hit => hit.Record.Name).ToList();
            Assert.Equal(
                byVector.SkipLast(1),
                Hits(vectorOnly, query).Select(hit => hit.Record.Name).Where(byVector.Contains).Take(Math.Max(0, byVector.Count - 1)));
            var byKeyword = keywordOnly.KeywordSearchAsync(["sea"], 100).ToBlockingEnumerable().Select(hit => hit.Record.Name).ToList();
            Assert.Equal(byKeyword, Hits(keywordOnly, query).Select(hit => hit.Record.Name).Take(byKeyword.Count));
        }, iter: 20, threads: 1);

        SqliteCollection<string, Hotel> Open(double weight) => new("Data Source=:memory:", "hotels", new()
        {
            HybridFusion = HybridFusion.ConvexCombination(weight),
            Definition = new()
            {
                Properties =
                [
                    new VectorStoreKeyProperty(nameof(Hotel.Name), typeof(string)),
                    new VectorStoreDataProperty(nameof(Hotel.Description), typeof(string)) { IsFullTextIndexed = true },
                    new VectorStoreVectorProperty(nameof(Hotel.Place), typeof(ReadOnlyMemory<float>?), 4) { DistanceFunction = distance },
                ],
            },
        });

        static List<VectorSearchResult<Hotel>> Hits(SqliteCollection<string, Hotel> hotels, float[] query) =>
            [.. hotels.HybridSearchAsync(query, ["sea"], 100).ToBlockingEnumerable()];
    }

    [Fact]
    public async Task A_row_below_the_depth_of_the_vector_ranking_has_the_score_of_its_last_row()
    {
        using var file = new TestStore(new() { HybridFusion = HybridFusion.ConvexCombination(0.5) });
        var hotels = await file.HotelsAsync([.. Enumerable.Range(0, 1200).Select(i => new Hotel
        {
            Name = $"{i}",
            Description = i == 1199 ? "sea" : "house",
            Place = new[] { 1, i / 1000f, 0, 0 },
        })]);
        float[] query = [1, 0, 0, 0];
        var last = (await ScoresAsync(hotels.SearchAsync(query, 1000))).Values.Last();

        var fused = await ScoresAsync(hotels.HybridSearchAsync(query, ["sea"], 3));

        Assert.Equal(["1199", "0", "1"], fused.Keys);
        Assert.Equal((0.5 * (last + 1) / 2) + (0.5 / 2.2), fused["1199"], 6);
    }

    [Fact]
    public async Task Without_keywords_only_the_vectors_count()
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);

        var fused = await ScoresAsync(hotels.HybridSearchAsync(Query, [], 10));

        Assert.Equal((await ScoresAsync(hotels.SearchAsync(Query, 10))).Keys, fused.Keys);
        Assert.Equal(0.65, fused.Values.First(), 6);
    }

    [Theory]
    [InlineData("?!")]
    [InlineData("\uFE0F")]
    public async Task A_keyword_without_letters_and_digits_does_not_reduce_the_effect_of_the_others(string keyword)
    {
        using var file = new TestStore();
        var hotels = await file.HotelsAsync(Hotels.All);

        Assert.Equal(
            await ScoresAsync(hotels.HybridSearchAsync(Query, ["view"], 10)),
            await ScoresAsync(hotels.HybridSearchAsync(Query, ["view", keyword], 10)));
    }

    [Fact]
    public async Task A_search_can_have_its_own_fusion()
    {
        using var file = new TestStore(new() { HybridFusion = HybridFusion.ConvexCombination(0) });
        var hotels = await file.HotelsAsync(Hotels.All);
        using var other = new TestStore(new() { HybridFusion = HybridFusion.ReciprocalRank(1) });
        var expected = await ScoresAsync((await other.HotelsAsync(Hotels.All)).HybridSearchAsync(Query, ["ferry"], 10));
        var options = new SqliteHybridSearchOptions<Hotel> { HybridFusion = HybridFusion.ReciprocalRank(1) };

        var fused = await ScoresAsync(hotels.HybridSearchAsync(Query, ["ferry"], 10, options));
        var usual = await ScoresAsync(hotels.HybridSearchAsync(Query, ["ferry"], 10, new SqliteHybridSearchOptions<Hotel>()));

        Assert.Equal(expected, fused);
        Assert.Equal(1.0 / 61, fused.Values.First(), 12);
        Assert.Equal(await ScoresAsync(hotels.HybridSearchAsync(Query, ["ferry"], 10)), usual);
        Assert.Equal(1, usual.Values.First(), 6);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_outside_of_0_to_1_is_rejected(double weight)
    {
        Assert.Throws<ArgumentOutOfRangeException>("keywordWeight", () => HybridFusion.ConvexCombination(weight));
        Assert.Throws<ArgumentOutOfRangeException>("keywordWeight", () => HybridFusion.ReciprocalRank(weight));
    }

    [Fact]
    public void Options_have_a_fusion_and_keep_it_in_copies()
    {
        var fusion = HybridFusion.ReciprocalRank();

        Assert.Same(fusion, new SqliteCollectionOptions(new SqliteCollectionOptions { HybridFusion = fusion }).HybridFusion);
        Assert.Same(fusion, new SqliteVectorStoreOptions(new SqliteVectorStoreOptions { HybridFusion = fusion }).HybridFusion);
        Assert.Throws<ArgumentNullException>(() => new SqliteCollectionOptions { HybridFusion = null! });
        Assert.Throws<ArgumentNullException>(() => new SqliteVectorStoreOptions { HybridFusion = null! });
    }

    /// <summary>Returns the scores by name, the best first.</summary>
    private static async Task<Dictionary<string, double>> ScoresAsync(IAsyncEnumerable<VectorSearchResult<Hotel>> results) =>
        (await results.ToListAsync()).ToDictionary(result => result.Record.Name, result => result.Score!.Value);
}
