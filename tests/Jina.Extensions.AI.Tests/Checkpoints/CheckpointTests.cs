using Jina.Extensions.AI.Checkpoints;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(WeightFormat.Safetensors, WeightType.F32, false)]
    [InlineData(WeightFormat.Safetensors, WeightType.F16, true)]
    [InlineData(WeightFormat.Safetensors, WeightType.BF16, false)]
    [InlineData(WeightFormat.TorchZip, WeightType.F32, true)]
    [InlineData(WeightFormat.TorchZip, WeightType.F16, false)]
    [InlineData(WeightFormat.TorchZip, WeightType.BF16, true)]
    public void Every_weight_is_where_the_directory_says(WeightFormat format, WeightType type, bool gated)
    {
        var options = new RandomCheckpointOptions { Format = format, Type = type, Gated = gated };
        using var model = new TrialModel(options);

        var checkpoint = model.Open();

        Assert.Equal(gated, checkpoint.Config.GatedGelu);
        Assert.Equal(gated ? 21 : 19, checkpoint.Tensors.Count);
        Assert.All(
            checkpoint.Tensors.Values,
            tensor => Assert.Equal(RandomCheckpoint.Values(options, tensor.Name), WeightReader.Read(tensor)));
    }

    [Fact]
    public void Safetensors_are_preferred_to_a_torch_file()
    {
        using var model = new TrialModel();
        model.Put("pytorch_model.bin", [1, 2, 3]);

        Assert.True(Checkpoint.ExistsIn(model.Path));
        Assert.All(model.Open().Tensors.Values, tensor => Assert.Equal(model.File("model.safetensors"), tensor.File));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<JinaModelException>(() => Checkpoint.Open(folder.File("absent")));

        Assert.Contains("The folder does not exist", error.Message, StringComparison.Ordinal);
        Assert.Equal(folder.File("absent"), error.ModelPath);
    }

    [Fact]
    public void A_folder_without_weights_is_rejected_with_a_list_of_its_files()
    {
        using var model = new TrialModel();
        File.Delete(model.File("model.safetensors"));
        model.Put("tf_model.h5", [1]);

        Assert.False(Checkpoint.ExistsIn(model.Path));
        model.AssertRejected(
            "",
            "model.safetensors or pytorch_model.bin is expected",
            "Found: 1_Pooling, config.json, modules.json, sentence_bert_config.json, tf_model.h5.");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("1_Pooling/config.json")]
    public void A_missing_file_is_named(string file)
    {
        using var model = new TrialModel();
        File.Delete(model.File(file));

        model.AssertRejected(file, "The file is missing");
    }

    [Theory]
    [InlineData("config.json", "", "The file is empty")]
    [InlineData("model.safetensors", "", "The file is empty")]
    [InlineData("model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS pointer", "git lfs pull")]
    [InlineData("model.safetensors", "\n<!DOCTYPE html><html></html>", "web page")]
    [InlineData("config.json", "<html><body>Not found</body></html>", "web page")]
    [InlineData("modules.json", "<?xml version='1.0'?><Error/>", "web page")]
    [InlineData("config.json", "{\"d_model\": 32,", "not valid JSON", "LineNumber: 0")]
    [InlineData("config.json", "[1]", "JSON Array", "JSON Object is expected")]
    [InlineData("modules.json", "{}", "JSON Object", "JSON Array is expected")]
    [InlineData("config.json", "{\"model_type\": \"\\ud800\"}", "not valid Unicode")]
    public void A_file_with_other_contents_is_recognized(string file, string content, params string[] message)
    {
        using var model = new TrialModel();
        File.WriteAllText(model.File(file), content);

        model.AssertRejected(file, message);
    }

    [Fact]
    public void A_config_with_a_byte_order_mark_is_read()
    {
        using var model = new TrialModel();
        model.Put("config.json", [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(model.File("config.json"))]);

        Assert.Equal(32, model.Open().Config.HiddenSize);
    }
}
