using RagConsole.Evaluation;

namespace RagConsole.Tests.Evaluation;

public sealed class NdcgTests
{
    private static readonly Dictionary<string, int> Relevance = new() { ["a"] = 1, ["b"] = 2, ["c"] = 0 };

    [Fact]
    public void The_best_order_has_1() => Assert.Equal(1, Ndcg.At(10, ["b", "a", "x"], Relevance), 12);

    [Fact]
    public void Gains_are_discounted_by_the_logarithm_of_the_rank() =>
        Assert.Equal(((1 / Math.Log2(3)) + (2 / Math.Log2(4))) / (2 + (1 / Math.Log2(3))), Ndcg.At(10, ["x", "a", "b"], Relevance), 12);

    [Fact]
    public void What_comes_after_the_depth_does_not_count() => Assert.Equal(0, Ndcg.At(2, ["x", "c", "b"], Relevance));

    [Fact]
    public void A_query_without_anything_relevant_has_0() => Assert.Equal(0, Ndcg.At(10, ["c"], new Dictionary<string, int> { ["c"] = 0 }));
}
