namespace Jina.Benchmarking.Tests;

public sealed class ThroughputTests
{
    private static readonly Throughput Run = new(Texts: 10, Tokens: 500, Flops: 4e9, Seconds: 2, Padding: 0.1);

    [Fact]
    public void Rates_are_per_second() => Assert.Equal((250, 5), (Run.TokensPerSecond, Run.TextsPerSecond));

    [Fact]
    public void The_roofline_fraction_is_relative_to_bare_products()
    {
        Assert.Equal(0.5, Run.RooflineFraction(sgemmGflops: 4)!.Value, 12);
        Assert.Null((Run with { Flops = null }).RooflineFraction(4));
    }

    [Fact]
    public void The_median_of_runs_has_the_median_time_and_padding()
    {
        var median = Throughput.Median([Run with { Seconds = 9 }, Run with { Seconds = 1, Padding = 0.3 }, Run with { Padding = 0.2 }]);

        Assert.Equal(Run with { Padding = 0.2 }, median);
    }
}
