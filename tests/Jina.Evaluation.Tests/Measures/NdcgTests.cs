using CsCheck;
using Jina.Evaluation.Measures;

namespace Jina.Evaluation.Tests.Measures;

public sealed class NdcgTests
{
    private static readonly Dictionary<string, int> Relevance = new() { ["a"] = 1, ["b"] = 2, ["c"] = 0 };

    private static readonly Gen<Dictionary<string, int>> Judgments =
        Gen.Int[-1, 3].Array[1, 30].Select(gains => gains.Index().ToDictionary(gain => $"d{gain.Index}", gain => gain.Item));

    [Fact]
    public void The_best_order_has_the_value_1() => Assert.Equal(1, Ndcg.At(10, ["b", "a", "x"], Relevance), 12);

    [Fact]
    public void Gains_are_discounted_by_the_logarithm_of_the_rank() =>
        Assert.Equal(((1 / Math.Log2(3)) + (2 / Math.Log2(4))) / (2 + (1 / Math.Log2(3))), Ndcg.At(10, ["x", "a", "b"], Relevance), 12);

    [Fact]
    public void Documents_after_the_depth_do_not_count() => Assert.Equal(0, Ndcg.At(2, ["x", "c", "b"], Relevance));

    [Fact]
    public void A_query_without_relevant_documents_has_the_value_0() =>
        Assert.Equal(0, Ndcg.At(10, ["c"], new Dictionary<string, int> { ["c"] = 0 }));

    [Fact]
    public void A_relevance_below_0_adds_and_removes_nothing()
    {
        var relevance = new Dictionary<string, int> { ["a"] = 1, ["bad"] = -1 };

        Assert.Equal(1 / Math.Log2(3), Ndcg.At(10, ["bad", "a"], relevance), 12);
        Assert.Equal(1, Ndcg.At(10, ["a", "bad"], relevance), 12);
    }

    [Fact]
    public void The_order_by_relevance_is_the_best() => Gen.Select(Judgments, Gen.Int).Sample((relevance, seed) =>
    {
        string[] ideal = [.. relevance.OrderByDescending(pair => pair.Value).Select(pair => pair.Key)];
        var best = Ndcg.At(10, ideal, relevance);
        new Random(seed).Shuffle(ideal);

        Assert.Equal(relevance.Values.Any(gain => gain > 0) ? 1 : 0, best, 12);
        Assert.InRange(Ndcg.At(10, ideal, relevance), 0, best + 1e-12);
    });
}
