using System.IO.Compression;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests the contents of packages. Jina.Packaging.Tests restores them.</summary>
public sealed class PackTests
{
    [Fact]
    public async Task A_directory_is_packed_with_its_notices_and_without_generated_files()
    {
        using var folder = new TemporaryFolder();
        var model = DemoModelCopy.To(folder);
        await File.WriteAllTextAsync(Path.Combine(model, "jina-encoder-fp32.onnx"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(model, "LICENSE"), "text", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(model, "secret.txt"), "text", TestContext.Current.CancellationToken);
        var name = Path.GetFileName(model);

        string[] names = ["--id", "A.Model", "--version", "2.1.0-beta.1"];
        var result = await Tool.RunAsync(["pack", model, "--output", folder.File("new", "feed"), .. names]);

        var path = folder.File("new", "feed", "A.Model.2.1.0-beta.1.nupkg");
        Assert.Equal((0, path), (result.ExitCode, result.Output.TrimEnd()));
        Assert.Contains("dotnet add package A.Model --version 2.1.0-beta.1 --source ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"JinaEmbeddingModel.FromPackage(\"{name}\")", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "1_Pooling/config.json", "LICENSE", "NOTICE.md", "README.md", "config.json", "model.safetensors", "modules.json",
                "sentence_bert_config.json", "special_tokens_map.json", "spiece.model", "tokenizer_config.json",
            ],
            Entries(path, $"model/{name}/"));
        Assert.Equal([path], Directory.GetFiles(folder.File("new", "feed")));
    }

    [Fact]
    public async Task A_model_of_the_hub_is_packed_in_the_layout_of_the_cache()
    {
        using var folder = new TemporaryFolder();
        await using var hub = await LocalHub.StartAsync();
        hub.Files = HubFile.Of(Tool.DemoModel);
        var environment = new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_CACHE"] = folder.File("cache"),
            ["HF_ENDPOINT"] = hub.HubAddress,
            ["HF_HUB_OFFLINE"] = "0",
            ["HF_HUB_CACHE"] = folder.File("none"),
        };

        var result = await Tool.RunAsync(environment, "pack", "org/model", "--output", folder.Path);

        var path = folder.File("EmbeddingModel.org.model.1.0.0.nupkg");
        Assert.Equal((0, path), (result.ExitCode, result.Output.TrimEnd()));
        Assert.Contains("finds org/model beside itself", result.Error, StringComparison.Ordinal);
        Assert.Contains("jina-manifest.json", Entries(path, $"model/models/org/model/{LocalHub.Commit}/"));
        Assert.Equal(["main"], Entries(path, "model/models/org/model/refs/"));
    }

    private static string[] Entries(string package, string folder)
    {
        using var archive = ZipFile.OpenRead(package);
        return
        [
            .. archive.Entries.Select(entry => entry.FullName)
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name => name[folder.Length..])
                .Order(StringComparer.Ordinal),
        ];
    }
}
