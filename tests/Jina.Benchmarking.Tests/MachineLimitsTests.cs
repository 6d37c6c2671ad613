using Jina.Extensions.AI;

namespace Jina.Benchmarking.Tests;

public sealed class MachineLimitsTests
{
    /// <summary>A layer of 300 weights. A token needs 600 operations with them.</summary>
    private static readonly ModelCost Cost = new(Layers: 1, Width: 5, HeadsWidth: 5, FeedForward: 20, Gated: false, DenseOutputs: 0);

    private static readonly MachineLimits Limits = new(SgemmGflops: 2, Int8Gops: 8, ReadGigabytesPerSecond: 3);

    [Fact]
    public void In_fp32_all_operations_are_single_precision_products() =>
        Assert.Equal(5e-9, Limits.ProductSeconds(new Operations(8, 2), Precision.Fp32), 15);

    [Fact]
    public void In_int8_only_the_products_with_weights_are_integer_products() =>
        Assert.Equal(2e-9, Limits.ProductSeconds(new Operations(8, 2), Precision.Int8), 15);

    [Fact]
    public void Int8_needs_the_speed_of_its_own_products() => Assert.Throws<InvalidOperationException>(
        () => (Limits with { Int8Gops = null }).ProductSeconds(new Operations(8, 2), Precision.Int8));

    [Theory]
    [InlineData(Precision.Fp32, 400e-9)]
    [InlineData(Precision.Int8, 100e-9)]
    public void One_token_is_limited_by_one_read_of_the_weights(Precision precision, double seconds) =>
        Assert.Equal(seconds, Limits.TextSeconds(Cost, 1, precision), 15);

    [Fact]
    public void Many_tokens_are_limited_by_their_products() => Assert.Equal(
        Limits.ProductSeconds(Cost.Operations(100), Precision.Fp32), Limits.TextSeconds(Cost, 100, Precision.Fp32));
}
