using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints.SentenceTransformers;

public sealed class SentencePipelineTests
{
    private static readonly RandomCheckpointOptions Full = new() { DenseSize = 12, Normalize = true, MaxTokens = 300 };

    [Fact]
    public void Mean_pooling_alone_is_the_plain_pipeline()
    {
        using var model = new TrialModel();

        Assert.Equal(new SentencePipeline(512, Normalize: false, Dense: null), model.Open().Pipeline);
    }

    [Fact]
    public void Without_modules_json_the_pipeline_is_the_plain_one()
    {
        using var model = new TrialModel(Full);
        File.Delete(model.File("modules.json"));

        Assert.Equal(new SentencePipeline(300, Normalize: false, Dense: null), model.Open().Pipeline);
    }

    [Theory]
    [InlineData(WeightFormat.Safetensors)]
    [InlineData(WeightFormat.TorchZip)]
    public void Dense_and_normalize_modules_are_read_from_the_list(WeightFormat format)
    {
        using var model = new TrialModel(Full with { Format = format });

        var pipeline = model.Open().Pipeline;

        Assert.True(pipeline.Normalize);
        Assert.Equal([12, 32], pipeline.Dense!.Shape);
        Assert.Equal(model.File("2_Dense"), Path.GetDirectoryName(pipeline.Dense.File));
        Assert.Equal(12 * 32, WeightReader.Read(pipeline.Dense).Length);
    }

    [Fact]
    public void A_folder_without_config_and_weights_still_has_a_pipeline()
    {
        using var model = new TrialModel(new RandomCheckpointOptions { Normalize = true, MaxTokens = 300 });
        File.Delete(model.File("config.json"));
        File.Delete(model.File("model.safetensors"));

        Assert.Equal(
            new SentencePipeline(300, Normalize: true, Dense: null),
            SentencePipelineReader.Read(new ModelSettings(model.Path), hiddenSize: null));
    }

    [Fact]
    public void An_empty_folder_has_the_plain_pipeline()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(
            new SentencePipeline(512, Normalize: false, Dense: null),
            SentencePipelineReader.Read(new ModelSettings(folder.Path), hiddenSize: null));
    }

    [Theory]
    [InlineData("""{"max_seq_length": 128}""", """{"model_max_length": 256}""", 64, 128)]
    [InlineData("""{"max_seq_length": null}""", """{"model_max_length": 256}""", 64, 256)]
    [InlineData(null, """{"model_max_length": 1000000000000000019884624838656}""", 64, 64)]
    [InlineData(null, """{"model_max_length": 1e30}""", null, 512)]
    [InlineData(null, null, null, 512)]
    [InlineData("""{"max_seq_length": 2048}""", null, null, 2048)]
    [InlineData("""{"max_seq_length": 2049}""", null, null, 2048)]
    [InlineData("""{"max_seq_length": 20000}""", null, null, 2048)]
    [InlineData("""{"max_seq_length": 2147483647}""", null, null, 2048)]
    [InlineData(null, """{"model_max_length": 1000000}""", null, 2048)]
    [InlineData(null, null, 4096, 2048)]
    public void The_token_limit_is_read_from_the_first_file_that_has_one(string? sentence, string? tokenizer, int? positions, int expected)
    {
        using var model = new TrialModel();
        model.Edit("config.json", config => config["n_positions"] = positions);
        Replace(model.File("sentence_bert_config.json"), sentence);
        Replace(model.File("tokenizer_config.json"), tokenizer);

        Assert.Equal(expected, model.Open().Pipeline.MaxTokens);
    }

    [Theory]
    [InlineData(0, "max_seq_length is 0")]
    [InlineData("512", "max_seq_length is \"512\"")]
    public void An_invalid_token_limit_is_rejected(object value, string message)
    {
        using var model = new TrialModel();
        model.Edit("sentence_bert_config.json", config => config["max_seq_length"] = value is int number ? number : (string)value);

        model.AssertRejected("sentence_bert_config.json", message, "a positive integer is expected");
    }

    [Fact]
    public void Lowercasing_is_rejected()
    {
        using var model = new TrialModel();
        model.Edit("sentence_bert_config.json", config => config["do_lower_case"] = true);

        model.AssertRejected("sentence_bert_config.json", "do_lower_case is true", "T5 models are cased");
    }

    [Theory]
    [InlineData("pooling_mode_cls_token", "pooling_mode_cls_token is true")]
    [InlineData("pooling_mode_lasttoken", "pooling_mode_lasttoken is true")]
    public void An_unsupported_pooling_is_rejected_by_name(string mode, string message)
    {
        using var model = new TrialModel();
        model.Edit("1_Pooling/config.json", config => config[mode] = true);

        model.AssertRejected("1_Pooling/config.json", message, "mean pooling alone (pooling_mode_mean_tokens true) is supported");
    }

    [Fact]
    public void Pooling_without_the_mean_is_rejected()
    {
        using var model = new TrialModel();
        model.Edit("1_Pooling/config.json", config => config["pooling_mode_mean_tokens"] = false);

        model.AssertRejected("1_Pooling/config.json", "pooling_mode_mean_tokens is false");
    }

    [Fact]
    public void Pooling_of_another_width_is_rejected()
    {
        using var model = new TrialModel();
        model.Edit("1_Pooling/config.json", config => config["word_embedding_dimension"] = 768);

        model.AssertRejected("1_Pooling/config.json", "word_embedding_dimension is 768, but the encoder's d_model is 32");
    }

    [Theory]
    [InlineData("sentence_transformers.models.LayerNorm", "'sentence_transformers.models.LayerNorm' is not supported")]
    [InlineData("custom_st.Normalize", "'custom_st.Normalize' is not supported")]
    [InlineData("sentence_transformers.models.Pooling", "'sentence_transformers.models.Pooling' is in the wrong place")]
    [InlineData(null, "'(no type)' is not supported")]
    public void An_unsupported_module_is_rejected_by_name(string? type, string message)
    {
        using var model = new TrialModel(Full);
        model.Edit("modules.json", modules => modules[3]!["type"] = type);

        model.AssertRejected("modules.json", message);
    }

    [Fact]
    public void A_list_of_modules_must_start_with_the_encoder_and_have_a_pooling()
    {
        using var model = new TrialModel();

        model.Edit("modules.json", modules => modules.AsArray().RemoveAt(1)).AssertRejected("modules.json", "no Pooling module");
        model.Edit("modules.json", modules => modules.AsArray().RemoveAt(0)).AssertRejected("modules.json", "no Pooling module");
        model.Edit("modules.json", modules => modules.AsArray().Add(1)).AssertRejected("modules.json", "JSON Number");
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("/etc")]
    [InlineData("1_Pooling/../../elsewhere")]
    [InlineData("1_Pooling\0")]
    public void A_module_path_out_of_the_folder_is_rejected(string path)
    {
        using var model = new TrialModel();
        model.Edit("modules.json", modules => modules[1]!["path"] = path);

        model.AssertRejected("modules.json", "leads out of the model directory");
    }

    [Fact]
    public void An_encoder_in_a_folder_of_its_own_is_rejected()
    {
        using var model = new TrialModel();
        model.Edit("modules.json", modules => modules[0]!["path"] = "0_Transformer");

        model.AssertRejected("modules.json", "The encoder is in the folder '0_Transformer'");
    }

    [Theory]
    [InlineData("bias", true, "The Dense module has a bias")]
    [InlineData("bias", null, "The Dense module has a bias")]
    [InlineData("activation_function", "torch.nn.modules.activation.Tanh", "activation_function is torch.nn.modules.activation.Tanh")]
    [InlineData("activation_function", null, "activation_function is torch.nn.modules.activation.Tanh")]
    [InlineData("in_features", 33, "in_features is 33, but the encoder's d_model is 32")]
    public void An_unsupported_dense_module_is_rejected(string key, object? value, string message)
    {
        using var model = new TrialModel(Full);
        model.Edit("2_Dense/config.json", config => config[key] = value switch
        {
            bool flag => flag,
            int number => number,
            string text => text,
            _ => null,
        });

        model.AssertRejected("2_Dense/config.json", message);
    }

    [Fact]
    public void A_dense_weight_of_another_shape_is_rejected()
    {
        using var model = new TrialModel(Full);
        model.Edit("2_Dense/config.json", config => config["out_features"] = 13);

        model.AssertRejected("2_Dense/model.safetensors", "linear.weight has the shape [12, 32]; [13, 32] is expected");
    }

    private static void Replace(string path, string? content)
    {
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }
    }
}
