using Jina.Evaluation.Measures;

namespace Jina.Evaluation.Tests.Measures;

public sealed class RankTests
{
    private static readonly Dictionary<string, int> Relevance = new() { ["a"] = 1, ["b"] = 2, ["c"] = 0, ["d"] = -1, ["never"] = 1 };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1 / 3.0)]
    [InlineData(4, 2 / 3.0)]
    [InlineData(100, 2 / 3.0)]
    public void Recall_is_the_fraction_of_relevant_documents_that_was_found(int depth, double expected) =>
        Assert.Equal(expected, Recall.At(depth, ["c", "a", "d", "b"], Relevance), 12);

    [Fact]
    public void The_reciprocal_rank_is_that_of_the_first_relevant_document()
    {
        Assert.Equal(1 / 3.0, ReciprocalRank.At(10, ["x", "c", "b", "a"], Relevance), 12);
        Assert.Equal(0, ReciprocalRank.At(2, ["x", "c", "b", "a"], Relevance));
    }

    [Fact]
    public void Without_relevant_documents_both_are_0()
    {
        var nothing = new Dictionary<string, int> { ["a"] = 0 };

        Assert.Equal((0, 0), (Recall.At(10, ["a"], nothing), ReciprocalRank.At(10, ["a"], nothing)));
    }
}
