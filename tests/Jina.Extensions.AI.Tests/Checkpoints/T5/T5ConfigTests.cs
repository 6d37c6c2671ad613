using System.Text.Json.Nodes;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.RandomCheckpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints.T5;

public sealed class T5ConfigTests
{
    private static readonly T5Config Tiny = new()
    {
        VocabularySize = 512,
        HiddenSize = 32,
        LayerCount = 2,
        HeadCount = 4,
        HeadSize = 6,
        FeedForwardSize = 48,
        GatedGelu = false,
    };

    [Fact]
    public void Missing_keys_have_the_defaults_of_T5Config()
    {
        using var model = new TrialModel();

        Assert.Equal(Tiny, model.Open().Config);
        Assert.Equal((32, 128, 1e-6f), (Tiny.RelativeAttentionBuckets, Tiny.RelativeAttentionMaxDistance, Tiny.LayerNormEpsilon));
    }

    [Fact]
    public void Missing_sizes_are_taken_from_the_weights_and_not_from_t5_small()
    {
        using var model = new TrialModel();
        model.Put("config.json", "{}"u8.ToArray());

        Assert.Equal(Tiny, model.Open().Config);
    }

    [Fact]
    public void Numbers_in_the_config_are_used()
    {
        using var model = new TrialModel(new RandomCheckpointOptions { RelativeAttentionBuckets = 8 });
        model.Edit("config.json", config => (config["relative_attention_max_distance"], config["layer_norm_epsilon"]) = (20, 1e-5));

        var config = model.Open().Config;

        Assert.Equal((8, 20, 1e-5f), (config.RelativeAttentionBuckets, config.RelativeAttentionMaxDistance, config.LayerNormEpsilon));
    }

    [Theory]
    [InlineData("vocab_size", 511, "vocab_size is 511, but shared.weight in model.safetensors has the shape [512, 32]")]
    [InlineData("d_model", 512, "d_model is 512, but shared.weight in model.safetensors has the shape [512, 32]")]
    [InlineData(
        "num_heads",
        8,
        "num_heads is 8, but encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight in model.safetensors "
        + "has the shape [32, 4]")]
    [InlineData("d_kv", 64, "d_kv is 64, but encoder.block.0.layer.0.SelfAttention.q.weight in model.safetensors has 24 rows for 4 heads")]
    [InlineData(
        "d_ff", 2048, "d_ff is 2048, but encoder.block.0.layer.1.DenseReluDense.wi.weight in model.safetensors has the shape [48, 32]")]
    [InlineData("num_layers", 6, "num_layers is 6, but model.safetensors has 2 encoder blocks")]
    [InlineData("num_layers", 1, "num_layers is 1, but model.safetensors has 2 encoder blocks")]
    [InlineData("relative_attention_num_buckets", 64, "relative_attention_num_buckets is 64, but")]
    [InlineData("relative_attention_max_distance", 8, "relative_attention_max_distance is 8")]
    [InlineData("layer_norm_epsilon", -1, "layer_norm_epsilon is -1")]
    [InlineData("d_model", 0, "d_model is 0; a positive integer is expected")]
    [InlineData("d_model", 32.5, "d_model is 32.5; a positive integer is expected")]
    [InlineData("num_layers", 1e300, "num_layers is 1E+300; a positive integer is expected")]
    public void A_number_that_contradicts_the_weights_is_rejected_with_both_values(string key, double value, string message)
    {
        using var model = new TrialModel();
        model.Edit("config.json", config => config[key] = value);

        model.AssertRejected("config.json", message);
    }

    [Fact]
    public void A_missing_bucket_count_means_32()
    {
        using var model = new TrialModel(new RandomCheckpointOptions { RelativeAttentionBuckets = 8 });
        model.Edit("config.json", config => ((JsonObject)config).Remove("relative_attention_num_buckets"));

        model.AssertRejected("config.json", "relative_attention_num_buckets is missing, which means 32, but");
    }

    [Theory]
    [InlineData(false, "feed_forward_proj", "gated-gelu", "feed_forward_proj is 'gated-gelu'", "v1.0 (wi)", "'relu' is expected")]
    [InlineData(true, "feed_forward_proj", "relu", "feed_forward_proj is 'relu'", "v1.1 (wi_0, wi_1)", "'gated-gelu' is expected")]
    [InlineData(true, "feed_forward_proj", "gated-silu", "feed_forward_proj is 'gated-silu'")]
    [InlineData(false, "feed_forward_proj", "gelu", "feed_forward_proj is 'gelu'")]
    [InlineData(true, "dense_act_fn", "silu", "dense_act_fn is 'silu'", "'gelu_new' is expected")]
    public void An_unsupported_or_contradictory_activation_is_rejected_by_name(
        bool gated, string key, string value, params string[] message)
    {
        using var model = new TrialModel(new RandomCheckpointOptions { Gated = gated });
        model.Edit("config.json", config => config[key] = value);

        model.AssertRejected("config.json", message);
    }

    [Fact]
    public void The_gate_flag_must_match_the_weights()
    {
        using var model = new TrialModel();
        model.Edit("config.json", config => config["is_gated_act"] = true);

        model.AssertRejected("config.json", "is_gated_act is 'true'", "v1.0 (wi)");
    }

    [Fact]
    public void The_keys_that_transformers_writes_for_gated_models_are_accepted()
    {
        using var model = new TrialModel(new RandomCheckpointOptions { Gated = true });
        model.Edit(
            "config.json", config => (config["dense_act_fn"], config["is_gated_act"], config["model_type"]) = ("gelu_new", true, "mt5"));

        Assert.Equal(Tiny with { GatedGelu = true }, model.Open().Config);
    }

    [Theory]
    [InlineData("bert", "BertModel")]
    [InlineData("umt5", "UMT5EncoderModel")]
    public void Another_architecture_is_rejected_by_name(string type, string architecture)
    {
        using var model = new TrialModel();
        model.Edit("config.json", config => (config["model_type"], config["architectures"]) = (type, new JsonArray(architecture)));

        model.AssertRejected("config.json", architecture, $"model_type '{type}'", "'t5'");
    }
}
