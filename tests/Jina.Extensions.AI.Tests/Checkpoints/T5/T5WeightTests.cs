using Jina.Extensions.AI.Checkpoints.T5;
using Jina.RandomCheckpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints.T5;

public sealed class T5WeightTests : IDisposable
{
    private static readonly RandomCheckpointOptions Tiny = new();

    private readonly TrialModel _model = new(Tiny);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("shared.weight", "encoder.embed_tokens.weight")]
    [InlineData("", "transformer.")]
    [InlineData("", "0.auto_model.")]
    public void Weights_are_found_under_the_names_that_other_exports_give_them(string from, string to)
    {
        Rewrite(weight =>
            weight.Name.StartsWith(from, StringComparison.Ordinal) ? weight with { Name = to + weight.Name[from.Length..] } : weight);

        var checkpoint = _model.Open();

        Assert.Equal([512, 32], checkpoint.Embedding.Shape);
        Assert.Equal([32], checkpoint.Tensors[T5WeightNames.FinalNorm].Shape);
    }

    [Fact]
    public void Decoder_weights_beside_the_encoder_are_ignored()
    {
        Rewrite(weight => weight, new RandomWeight("decoder.block.0.layer.0.SelfAttention.q.weight", [1, 2, 3], WeightType.F32, 1, 0, 1));

        Assert.Equal(2, _model.Open().Config.LayerCount);
    }

    [Fact]
    public void A_decoder_alone_is_rejected()
    {
        Rewrite(weight => weight with { Name = weight.Name.Replace("encoder", "decoder", StringComparison.Ordinal) });

        _model.AssertRejected("model.safetensors", "T5 decoder only", "T5 encoder is expected");
    }

    [Fact]
    public void Weights_of_another_architecture_are_rejected_with_a_sample_of_their_names()
    {
        Rewrite(weight => weight with { Name = "bert." + weight.Name.Replace("encoder.", "", StringComparison.Ordinal) });

        _model.AssertRejected("model.safetensors", "not those of a T5 encoder", "bert.shared.weight", "Choose a T5 model");
    }

    [Theory]
    [InlineData("encoder.final_layer_norm.weight", "The file is incomplete")]
    [InlineData("encoder.block.1.layer.0.SelfAttention.v.weight", "The weight encoder.block.1.layer.0.SelfAttention.v.weight is missing")]
    [InlineData("shared.weight", "The weight shared.weight is missing")]
    public void A_missing_weight_is_named(string name, string message)
    {
        Rewrite(weight => weight.Name == name ? weight with { Name = "other" } : weight);

        _model.AssertRejected("model.safetensors", message);
    }

    [Theory]
    [InlineData("encoder.block.1.layer.0.SelfAttention.o.weight", "[24, 32]", "[32, 24]", 24, 32)]
    [InlineData("encoder.block.1.layer.1.layer_norm.weight", "[31]", "[32]", 31)]
    [InlineData("shared.weight", "[512]", "two axes", 512)]
    public void A_shape_that_does_not_fit_the_others_is_rejected_with_both(string name, string found, string expected, params int[] shape)
    {
        Rewrite(weight => weight.Name == name ? weight with { Shape = shape } : weight);

        _model.AssertRejected("model.safetensors", $"{name} has the shape {found}", expected);
    }

    [Fact]
    public void An_absurd_block_number_does_not_allocate_memory()
    {
        Rewrite(weight => weight, new RandomWeight("encoder.block.2147483647.x", [1], WeightType.F32, 1, 0, 1));

        _model.AssertRejected("config.json", "num_layers is 2, but model.safetensors has 2147483648 encoder blocks");
    }

    private void Rewrite(Func<RandomWeight, RandomWeight> change, params RandomWeight[] more) =>
        SafetensorsWriter.Write(_model.File("model.safetensors"), RandomCheckpoint.Weights(Tiny).Select(change).Concat(more));
}
