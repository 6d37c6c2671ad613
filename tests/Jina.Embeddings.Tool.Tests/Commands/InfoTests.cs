using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class InfoTests
{
    [Fact]
    public async Task Json_describes_the_model()
    {
        var json = Assert.Single((await Tool.RunAsync("info", "--model", Tool.DemoModel, "--json")).Json());

        Assert.Equal("demo-en", json.GetProperty("model").GetString());
        Assert.Equal(
            "T5 encoder, 2 layers of width 256, 4 heads of 64, ReLU feed-forward of 512, vocabulary of 18048",
            json.GetProperty("architecture").GetString());
        Assert.Equal("fp32", json.GetProperty("precision").GetString());
        Assert.Equal("fp16", json.GetProperty("weights").GetString());
        Assert.Equal(256, json.GetProperty("dimensions").GetInt32());
        Assert.Equal(512, json.GetProperty("max_tokens").GetInt32());
        Assert.True(json.GetProperty("tokenizer").GetBoolean());
        Assert.False(json.GetProperty("normalize_module").GetBoolean());
        Assert.Equal(Path.Combine(Tool.DemoModel, "jina-encoder-fp32.onnx"), json.GetProperty("graph").GetString());
        Assert.True(Path.IsPathRooted(json.GetProperty("cache").GetString()));
        var files = json.GetProperty("files").EnumerateArray().ToDictionary(
            file => file.GetProperty("path").GetString()!, file => file.GetProperty("bytes").GetInt64());
        Assert.Equal(new FileInfo(Path.Combine(Tool.DemoModel, "model.safetensors")).Length, files["model.safetensors"]);
        Assert.Contains("1_Pooling/config.json", files.Keys);
    }

    [Fact]
    public async Task The_table_has_the_same_content()
    {
        var result = await Tool.RunAsync("info", "--model", Tool.DemoModel);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(
            (string[])
            [
                "Architecture", "T5 encoder", "Precision", "Dimensions", "256", "Max tokens", "512", "Graph", "Cache", "model.safetensors",
            ],
            word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["config.json", "model.safetensors"])
        {
            File.Copy(Path.Combine(Tool.DemoModel, file), folder.File(file));
        }

        var json = Assert.Single((await Tool.RunAsync("info", "--model", folder.Path, "--json")).Json());

        Assert.False(json.GetProperty("tokenizer").GetBoolean());
        Assert.False(json.GetProperty("graph_exists").GetBoolean());
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }
}
