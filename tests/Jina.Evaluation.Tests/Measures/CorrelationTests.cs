using CsCheck;
using Jina.Evaluation.Measures;

namespace Jina.Evaluation.Tests.Measures;

public sealed class CorrelationTests
{
    private const double Tolerance = 1e-12;

    /// <summary>Points with few different values, so that there are ties.</summary>
    private static readonly Gen<(double X, double Y)[]> Points =
        Gen.Select(Gen.Int[-5, 5].Select(x => x / 2.0), Gen.Int[-20, 20].Select(y => y / 4.0)).Array[2, 40];

    [Fact]
    public void Pearson_has_the_value_calculated_by_hand() =>
        Assert.Equal(9 / Math.Sqrt(10 * 10), Correlation.Pearson([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), Tolerance);

    [Fact]
    public void Equal_values_have_the_mean_of_their_ranks() => Assert.Equal([3.5, 1, 3.5, 2, 5], Correlation.Ranks([7, 0, 7, 3, 9]));

    [Fact]
    public void Spearman_is_Pearson_of_the_ranks() =>
        Assert.Equal(
            Correlation.Pearson([1.5, 1.5, 3, 4], [1, 3, 2, 4]), Correlation.Spearman([-8, -8, 0, 100], [0.1, 0.3, 0.2, 0.4]), Tolerance);

    [Fact]
    public void Constant_lists_have_no_correlation()
    {
        Assert.Equal(double.NaN, Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 3]));
        Assert.Equal(double.NaN, Correlation.Spearman([1, 2, 3], [5, 5, 5]));
        Assert.Equal(double.NaN, Correlation.Spearman([1], [1]));
        Assert.Equal(double.NaN, Correlation.Pearson([], []));
    }

    [Fact]
    public void Lists_of_different_lengths_are_rejected() => Assert.Throws<ArgumentException>("y", () => Correlation.Pearson([1, 2], [1]));

    [Fact]
    public void Spearman_depends_only_on_the_order() => Points.Sample(points =>
    {
        var (x, y) = Lists(points);
        var transformed = Correlation.Spearman([.. x.Select(Math.Exp)], [.. y.Select(value => (value * value * value) - 7)]);
        Assert.Equal(Correlation.Spearman(x, y), transformed, Tolerance);
    });

    [Fact]
    public void Both_are_symmetric_and_between_minus_1_and_1() => Points.Sample(points =>
    {
        var (x, y) = Lists(points);
        foreach (var measure in (Func<double[], double[], double>[])[Correlation.Pearson, Correlation.Spearman])
        {
            var value = measure(x, y);
            Assert.Equal(value, measure(y, x), Tolerance);
            Assert.Equal(-value, measure(x, [.. y.Select(each => -each)]), Tolerance);
            Assert.True(double.IsNaN(value) || Math.Abs(value) <= 1, $"{value}");
        }
    });

    [Fact]
    public void The_order_of_the_pairs_does_not_matter() => Gen.Select(Points, Gen.Int).Sample((points, seed) =>
    {
        var shuffled = points.ToArray();
        new Random(seed).Shuffle(shuffled);
        var ((x, y), (otherX, otherY)) = (Lists(points), Lists(shuffled));
        Assert.Equal(Correlation.Spearman(x, y), Correlation.Spearman(otherX, otherY), Tolerance);
        Assert.Equal(Correlation.Pearson(x, y), Correlation.Pearson(otherX, otherY), Tolerance);
    });

    private static (double[] X, double[] Y) Lists((double X, double Y)[] points) =>
        ([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
}
