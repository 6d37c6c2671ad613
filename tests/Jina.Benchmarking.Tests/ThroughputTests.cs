using Jina.Extensions.AI;

namespace Jina.Benchmarking.Tests;

public sealed class ThroughputTests
{
    private static readonly Throughput Run = new(Texts: 10, Tokens: 500, new Operations(3e9, 1e9), Seconds: 2, Padding: 0.1);

    [Fact]
    public void Rates_are_per_second() => Assert.Equal((250, 5), (Run.TokensPerSecond, Run.TextsPerSecond));

    [Theory]
    [InlineData(Precision.Fp32, 0.5)]
    [InlineData(Precision.Int8, 0.15625)]
    public void The_roofline_fraction_is_relative_to_bare_products(Precision precision, double expected)
    {
        var limits = new MachineLimits(SgemmGflops: 4, Int8Gops: 48, ReadGigabytesPerSecond: 1);

        Assert.Equal(expected, Run.RooflineFraction(limits, precision)!.Value, 12);
        Assert.Null((Run with { Operations = null }).RooflineFraction(limits, precision));
    }

    [Fact]
    public void The_median_of_runs_has_the_median_time_and_padding()
    {
        var median = Throughput.Median([Run with { Seconds = 9 }, Run with { Seconds = 1, Padding = 0.3 }, Run with { Padding = 0.2 }]);

        Assert.Equal(Run with { Padding = 0.2 }, median);
    }
}
