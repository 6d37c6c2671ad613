using CsCheck;
using Jina.Embeddings.Tool.Evaluation;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

public sealed class ExactSearchTests
{
    private static readonly (string, ReadOnlyMemory<float>)[] Queries = [("q", new float[] { 1, 0 }), ("b", new float[] { 0, 1 })];

    [Fact]
    public void The_nearest_are_first_and_among_equals_the_greater_ID()
    {
        var search = new ExactSearch(Queries, depth: 10, ignoreIdenticalIds: false);

        search.Add(["a", "b"], [0.5f, 0.1f, 0.9f, 0.2f]);
        search.Add(["c"], [0.5f, 0.3f]);

        Assert.Equal(["b", "c", "a"], search.Ranking(0));
        Assert.Equal(["c", "b", "a"], search.Ranking(1));
    }

    [Fact]
    public void A_document_with_the_ID_of_the_query_is_skipped_on_request()
    {
        var search = new ExactSearch(Queries, depth: 10, ignoreIdenticalIds: true);

        search.Add(["a", "b"], [0.5f, 0.1f, 0.9f, 0.2f]);

        Assert.Equal(["b", "a"], search.Ranking(0));
        Assert.Equal(["a"], search.Ranking(1));
    }

    [Fact]
    public void Adjacent_equal_IDs_are_chunks_of_one_document_with_the_score_of_the_best()
    {
        var search = new ExactSearch(Queries, depth: 2, ignoreIdenticalIds: false);

        search.Add(["a", "a", "a", "b", "c", "c"], [0.1f, 0.9f, 0.8f, 0.1f, 0.2f, 0.2f, 0.5f, 0.5f, 0.3f, 0f, 0.4f, 0.1f]);

        Assert.Equal(["a", "b"], search.Ranking(0));
        Assert.Equal(["a", "b"], search.Ranking(1));
    }

    [Fact]
    public void The_best_equal_those_of_a_full_sort() =>
        Gen.Select(Gen.Int[0, 6].Array[1, 60], Gen.Int[1, 12], Gen.Int[1, 20]).Sample((levels, depth, block) =>
        {
            var search = new ExactSearch([("query", new float[] { 1 })], depth, ignoreIdenticalIds: false);
            foreach (var part in levels.Index().Chunk(block))
            {
                search.Add([.. part.Select(item => $"d{item.Index}")], [.. part.Select(item => item.Item / 6f)]);
            }

            var expected = levels.Index()
                .OrderByDescending(item => item.Item)
                .ThenByDescending(item => $"d{item.Index}", StringComparer.Ordinal)
                .Select(item => $"d{item.Index}")
                .Take(depth);
            Assert.Equal(expected, search.Ranking(0));
        });
}
