using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests;

public sealed class JinaModelInfoTests
{
    [Fact]
    public void A_checkpoint_is_described_from_its_headers()
    {
        var info = JinaModelInfo.Read(DemoFolder);

        Assert.Equal(256, info.Dimensions);
        Assert.Equal(512, info.MaxTokens);
        Assert.Equal("fp16", info.WeightType);
        Assert.True(info.HasTokenizer);
        Assert.False(info.Normalizes);
        Assert.Contains("model.safetensors", info.Files);
    }

    [Fact]
    public void A_graph_in_the_cache_is_found()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["config.json", "model.safetensors"])
        {
            File.Copy(Path.Combine(DemoFolder, file), folder.File(file));
        }

        var cache = folder.File("cache");
        var checkpoint = Checkpoint.Open(folder.Path);
        Assert.Equal(folder.File("jina-encoder-fp32.onnx"), JinaModelInfo.Read(folder.Path, cache).GraphPath);
        Assert.False(JinaModelInfo.Read(folder.Path, cache).GraphExists);

        var cached = EncoderGraphFile.EnsureInCache(checkpoint, [1, 2, 3], cache);

        Assert.Equal(cached, JinaModelInfo.Read(folder.Path, cache).GraphPath);
        Assert.True(JinaModelInfo.Read(folder.Path, cache).GraphExists);
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<JinaModelException>(() => JinaModelInfo.Read(folder.File("none")));

        Assert.Equal(folder.File("none"), error.ModelPath);
    }

    [Fact]
    public async Task The_tokenizer_does_not_need_the_modules_after_the_encoder()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(DemoFolder, "spiece.model"), folder.File("spiece.model"));
        File.WriteAllText(
            folder.File("modules.json"),
            """
            [{"path": "", "type": "sentence_transformers.models.Transformer"},
             {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]
            """);
        var model = JinaEmbeddingModel.FromDirectory(folder.Path);
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model });

        var tokenizer = await generator.GetTokenizerAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1], tokenizer.Encode("").Ids);
    }

    private static string DemoFolder => RepositoryFiles.Path("models", "demo-en");
}
