using Jina.Extensions.AI;

namespace Jina.Benchmarking.Tests;

public sealed class ModelCostTests
{
    private static readonly ModelCost Small = new(Layers: 6, Width: 512, HeadsWidth: 512, FeedForward: 2048, Gated: false, DenseOutputs: 0);

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(512)]
    public void The_operations_per_token_are_those_of_the_matrices_and_of_attention(int tokens) =>
        Assert.Equal(37_748_736.0 + (4 * tokens * 512 * 6), Small.Operations(tokens).Total / tokens);

    [Fact]
    public void Each_weight_of_a_layer_is_counted_once() => Assert.Equal(6 * ((4 * 512 * 512) + (2 * 512 * 2048)), Small.MatrixWeights);

    [Fact]
    public void Only_the_products_with_weights_are_integer_products_in_int8() =>
        Assert.Equal(new Operations(16 * 37_748_736.0, 4 * 16 * 16 * 512 * 6), Small.Operations(16));

    [Fact]
    public void A_weight_has_4_bytes_in_fp32_and_1_in_int8() =>
        Assert.Equal((75_497_472, 18_874_368), (Small.MatrixBytes(Precision.Fp32), Small.MatrixBytes(Precision.Int8)));

    [Fact]
    public void A_gated_feed_forward_has_an_additional_matrix() =>
        Assert.Equal(6 * 512 * 2048, (Small with { Gated = true }).MatrixWeights - Small.MatrixWeights);

    [Fact]
    public void The_heads_can_be_narrower_than_the_residual_stream() =>
        Assert.Equal((2 * 3 * ((4 * 32 * 24) + (2 * 32 * 48))) + (4 * 3 * 24), new ModelCost(3, 32, 24, 48, false, 0).Operations(1).Total);

    [Fact]
    public void A_dense_module_runs_once_per_text() =>
        Assert.Equal(2 * 512 * 768, (Small with { DenseOutputs = 768 }).Operations(100).Others - Small.Operations(100).Others);
}
