using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.Memory;

public sealed class VectorStoreMemoryStoreTests : IDisposable
{
    private readonly StoreFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_batch_is_stored_and_read_by_ids()
    {
        var memories = new VectorStoreMemoryStore(_file.Store, dimensions: 3);
        var moment = new DateTimeOffset(2026, 3, 1, 12, 30, 15, 123, TimeSpan.FromHours(2));

        var ids = await memories.UpsertBatchAsync("notes", [Record("a", 1, 0, 0), Record("b", 0, 1, 0, moment)], Token)
            .ToListAsync(Token);
        var found = await memories.GetBatchAsync("notes", ["b", "missing", "a"], withEmbeddings: true, Token).ToListAsync(Token);

        Assert.Equal(["a", "b"], ids);
        Assert.Equal(["a", "b"], found.Select(record => record.Key).Order());
        var b = found.Single(record => record.Key == "b");
        Assert.Equal([0, 1, 0], b.Embedding.ToArray());
        Assert.Equal(moment, b.Timestamp);
        Assert.Null(found.Single(record => record.Key == "a").Timestamp);
    }

    [Fact]
    public async Task Embeddings_are_returned_only_on_request()
    {
        float[] question = [1, 0, 0];
        var memories = new VectorStoreMemoryStore(_file.Store, dimensions: 3);
        await memories.UpsertAsync("notes", Record("a", 1, 0, 0), Token);

        Assert.True((await memories.GetAsync("notes", "a", cancellationToken: Token))!.Embedding.IsEmpty);
        var (without, _) = (await memories.GetNearestMatchAsync("notes", question, cancellationToken: Token))!.Value;
        var (with, _) = (await memories.GetNearestMatchAsync("notes", question, withEmbedding: true, cancellationToken: Token))!.Value;
        Assert.True(without.Embedding.IsEmpty);
        Assert.Equal([1, 0, 0], with.Embedding.ToArray());
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.CosineDistance)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanSquaredDistance)]
    public async Task Relevance_is_the_cosine_for_every_distance_function(string distanceFunction)
    {
        var memories = new VectorStoreMemoryStore(new StoreWithDistance(_file.Store, distanceFunction), dimensions: 3);
        MemoryRecord[] records = [Record("same", 1, 0, 0), Record("near", 0.6f, 0.8f, 0), Record("far", -1, 0, 0)];
        await memories.UpsertBatchAsync("notes", records, Token).ToListAsync(Token);

        var all = await FindAsync(memories, limit: 5, minRelevanceScore: -1);
        var near = await FindAsync(memories, limit: 5, minRelevanceScore: 0.5);

        Assert.Equal(["same", "near", "far"], all.Select(match => match.Item1.Key));
        Assert.Equal([1, 0.6, -1], all.Select(match => Math.Round(match.Item2, 5)));
        Assert.Equal(["same", "near"], near.Select(match => match.Item1.Key));
    }

    [Fact]
    public async Task A_zero_vector_has_a_relevance_of_zero()
    {
        var memories = new VectorStoreMemoryStore(_file.Store, dimensions: 3);
        await memories.UpsertAsync("notes", Record("zero", 0, 0, 0), Token);

        var (_, relevance) = (await memories.GetNearestMatchAsync("notes", new float[] { 1, 0, 0 }, cancellationToken: Token))!.Value;

        Assert.Equal(0, relevance);
    }

    [Fact]
    public async Task A_limit_below_one_returns_no_matches()
    {
        var memories = new VectorStoreMemoryStore(_file.Store, dimensions: 3);
        await memories.UpsertAsync("notes", Record("a", 1, 0, 0), Token);

        Assert.Empty(await FindAsync(memories, limit: 0, minRelevanceScore: 0));
    }

    [Fact]
    public async Task A_collection_can_be_created_and_deleted()
    {
        var memories = new VectorStoreMemoryStore(_file.Store, DemoModel.Generator);

        await memories.CreateCollectionAsync("notes", Token);
        await memories.CreateCollectionAsync("notes", Token);

        Assert.True(await memories.DoesCollectionExistAsync("notes", Token));
        await memories.DeleteCollectionAsync("notes", Token);
        Assert.False(await memories.DoesCollectionExistAsync("notes", Token));
        Assert.Empty(await memories.GetCollectionsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task The_dimensions_of_a_generator_without_metadata_are_found_by_embedding()
    {
        var memories = new VectorStoreMemoryStore(_file.Store, new GeneratorWithMetadata(metadata: null));

        await memories.CreateCollectionAsync("notes", Token);
        await memories.UpsertAsync("notes", MemoryRecord.LocalRecord("a", "wind", null, await DemoModel.EmbedAsync("wind")), Token);

        Assert.Equal("wind", (await memories.GetAsync("notes", "a", cancellationToken: Token))!.Metadata.Text);
    }

    [Fact]
    public async Task The_database_records_the_model_of_the_memories()
    {
        await new VectorStoreMemoryStore(_file.Store, DemoModel.Generator).CreateCollectionAsync("notes", Token);
        var other = new VectorStoreMemoryStore(_file.Store, new GeneratorWithMetadata("another-model"));

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => other.CreateCollectionAsync("notes", Token));

        Assert.Contains("another-model", error.Message, StringComparison.Ordinal);
        Assert.Contains(DemoModel.Model.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_arguments_are_named_in_the_exception()
    {
        Assert.Throws<ArgumentNullException>("store", () => new VectorStoreMemoryStore(null!, dimensions: 3));
        Assert.Throws<ArgumentNullException>("generator", () => new VectorStoreMemoryStore(_file.Store, null!));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new VectorStoreMemoryStore(_file.Store, dimensions: 0));
    }

    private static async Task<List<(MemoryRecord, double)>> FindAsync(
        VectorStoreMemoryStore memories, int limit, double minRelevanceScore)
    {
        float[] question = [1, 0, 0];
        return await memories.GetNearestMatchesAsync("notes", question, limit, minRelevanceScore, cancellationToken: Token)
            .ToListAsync(Token);
    }

    private static MemoryRecord Record(string id, float x, float y, float z, DateTimeOffset? timestamp = null) =>
        MemoryRecord.LocalRecord(id, $"text of {id}", null, new[] { x, y, z }, timestamp: timestamp);
}
