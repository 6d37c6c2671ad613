using CsCheck;
using Jina.Evaluation.Measures;

namespace Jina.Evaluation.Tests.Measures;

public sealed class AveragePrecisionTests
{
    [Fact]
    public void A_known_ranking_has_the_value_calculated_by_hand() =>
        Assert.Equal(((1 / 1.0) + (2 / 3.0)) / 2, AveragePrecision.Calculate([(0.9, true), (0.8, false), (0.7, true), (0.1, false)]), 12);

    [Fact]
    public void Documents_with_equal_scores_are_not_ordered()
    {
        Assert.Equal(0.5, AveragePrecision.Calculate([(0.5, true), (0.5, false)]), 12);
        Assert.Equal(((1 / 1.0) + (2 / 3.0)) / 2, AveragePrecision.Calculate([(0.5, false), (0.9, true), (0.5, true)]), 12);
    }

    [Fact]
    public void Without_relevant_documents_the_value_is_0() => Assert.Equal(0, AveragePrecision.Calculate([(1, false)]));

    [Fact]
    public void The_order_of_the_documents_does_not_matter() =>
        Gen.Select(Gen.Int[0, 4].Select(score => score / 4.0), Gen.Bool).Array[1, 20].Sample(documents =>
        {
            var expected = AveragePrecision.Calculate(documents);

            Assert.Equal(expected, AveragePrecision.Calculate(documents.Reverse()), 12);
            Assert.InRange(expected, 0, 1 + 1e-12);
        });
}
