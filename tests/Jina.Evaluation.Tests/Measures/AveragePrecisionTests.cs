using CsCheck;
using Jina.Evaluation.Measures;

namespace Jina.Evaluation.Tests.Measures;

public sealed class AveragePrecisionTests
{
    [Fact]
    public void By_hand() =>
        Assert.Equal(((1 / 1.0) + (2 / 3.0)) / 2, AveragePrecision.Of([(0.9, true), (0.8, false), (0.7, true), (0.1, false)]), 12);

    [Fact]
    public void Documents_of_one_score_come_together()
    {
        Assert.Equal(0.5, AveragePrecision.Of([(0.5, true), (0.5, false)]), 12);
        Assert.Equal(((1 / 1.0) + (2 / 3.0)) / 2, AveragePrecision.Of([(0.5, false), (0.9, true), (0.5, true)]), 12);
    }

    [Fact]
    public void Nothing_relevant_has_0() => Assert.Equal(0, AveragePrecision.Of([(1, false)]));

    [Fact]
    public void The_order_of_the_documents_does_not_matter() => Gen.Select(Gen.Int[0, 4].Select(score => score / 4.0), Gen.Bool).Array[1, 20].Sample(documents =>
    {
        var expected = AveragePrecision.Of(documents);

        Assert.Equal(expected, AveragePrecision.Of(documents.Reverse()), 12);
        Assert.InRange(expected, 0, 1 + 1e-12);
    });
}
