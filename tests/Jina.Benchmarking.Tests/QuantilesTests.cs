namespace Jina.Benchmarking.Tests;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData(2.0, 3.0, 1.0, 2.0)]
    [InlineData(2.5, 4.0, 1.0, 2.0, 3.0)]
    [InlineData(7.0, 7.0)]
    public void The_median_is_in_the_middle(double expected, params double[] values) => Assert.Equal(expected, Quantiles.Median(values));

    [Fact]
    public void Other_quantiles_are_interpolated()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(value => (double)value).Reverse()];

        Assert.Equal(99, Quantiles.At(values, 0.99), 9);
        Assert.Equal(0, Quantiles.At(values, 0));
        Assert.Equal(100, Quantiles.At(values, 1));
    }
}
