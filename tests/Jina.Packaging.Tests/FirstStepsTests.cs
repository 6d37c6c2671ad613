using System.Globalization;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Packaging.Tests;

/// <summary>Tests the first steps of a user: a new application, packages of a library and of a model, and no network.</summary>
public sealed class FirstStepsTests(PackageFeed feed)
{
    private const string Commit = "5ac6cd473e2324c6d5f9e558a6a9f65abb57143e";

    [Fact]
    public async Task The_first_lines_of_the_README_run_in_a_new_app_without_a_network()
    {
        using var consumer = new ConsumerFolder(feed);
        var lines = File.ReadAllText(RepositoryFiles.Path("README.md")).Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("JinaEmbeddingModel.Demo", lines, StringComparison.Ordinal);

        await Dotnet.RunAsync("dotnet", consumer.Path, [], "new", "console", "--name", "App", "--output", ".", "--no-restore");
        await Dotnet.RunAsync("dotnet", consumer.Path, [], "add", "package", "Jina.Extensions.AI", "--version", feed.Version);
        await Dotnet.RunAsync("dotnet", consumer.Path, [], "add", "package", "Jina.Embeddings.DemoModel", "--version", feed.Version);
        File.WriteAllText(Path.Combine(consumer.Path, "Program.cs"), lines);
        AssertSimilar(await Dotnet.RunAsync("dotnet", consumer.Path, Offline(consumer), "run", "--configuration", "Release"));

        var output = Path.Combine(consumer.Path, "bin", "Release", "net10.0");
        Assert.Equal(
            ["linux-arm64", "linux-x64", "osx-arm64", "win-arm64", "win-x64"],
            Directory.GetDirectories(Path.Combine(output, "runtimes")).Select(Path.GetFileName).Order());

        string[] publish =
            ["publish", "-p:PublishSingleFile=true", "--use-current-runtime", "--no-self-contained", "--output", "published"];
        await Dotnet.RunAsync("dotnet", consumer.Path, [], publish);
        var program = Path.Combine(consumer.Path, "published", OperatingSystem.IsWindows() ? "App.exe" : "App");
        AssertSimilar(await Dotnet.RunAsync(program, consumer.Path, Offline(consumer)));
        Assert.True(File.Exists(Path.Combine(consumer.Path, "published", "jina-embeddings", "demo-en", "NOTICE.md")));
    }

    [Fact]
    public async Task A_packed_model_of_the_hub_is_found_by_its_name_and_a_packed_directory_by_FromPackage()
    {
        using var consumer = new ConsumerFolder(feed);
        await using var hub = await LocalHub.StartAsync();
        hub.Repository = "jinaai/jina-embedding-s-en-v1";
        hub.Branch = hub.CurrentCommit = Commit;
        hub.Files = HubFile.Of(RepositoryFiles.Path("models", "demo-en"));
        var online = new Dictionary<string, string>(Offline(consumer)) { ["HF_ENDPOINT"] = hub.HubAddress, ["HF_HUB_OFFLINE"] = "0" };
        var tool = BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool");
        var directory = RepositoryFiles.Path("models", "demo-en");
        await Dotnet.RunAsync("dotnet", consumer.Path, online, tool, "pack", "jina-embedding-s-en-v1", "--output", consumer.OwnFeed);
        await Dotnet.RunAsync("dotnet", consumer.Path, [], tool, "pack", directory, "--output", consumer.OwnFeed);
        Directory.Delete(Path.Combine(consumer.Path, "cache"), recursive: true);
        consumer.WriteApp(
            """
            using Jina.Extensions.AI;
            await using var hub = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.SmallEnV1);
            await using var directory = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromPackage("demo-en"));
            Console.WriteLine((await hub.EncodeAsync("rain"))[0].CosineSimilarity((await directory.EncodeAsync("rain"))[0]));
            """,
            ("Jina.Extensions.AI", feed.Version),
            ("EmbeddingModel.jina-embedding-s-en-v1", "1.0.0"),
            ("EmbeddingModel.demo-en", "1.0.0"));

        AssertSimilar(await Dotnet.RunAsync("dotnet", consumer.Path, Offline(consumer), "run"));
    }

    [Fact]
    public async Task Without_model_and_network_the_error_is_one_message_with_the_package_to_add()
    {
        using var consumer = new ConsumerFolder(feed);
        consumer.WriteApp(
            "await using var jina = await Jina.Extensions.AI.JinaEmbeddingGenerator.CreateAsync("
            + "Jina.Extensions.AI.JinaEmbeddingModel.SmallEnV1);",
            ("Jina.Extensions.AI", feed.Version));
        await Dotnet.RunAsync("dotnet", consumer.Path, [], "build");

        var program = Path.Combine(consumer.Path, "bin", "Debug", "net10.0", "App.dll");
        var error = await Dotnet.FailAsync("dotnet", consumer.Path, Offline(consumer), program);

        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("dotnet add package Jina.Embeddings.DemoModel", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Matches("^ *(at |---)|--- End of stack trace", line));
        Assert.DoesNotContain("--->", error, StringComparison.Ordinal);
    }

    private static void AssertSimilar(string output) =>
        Assert.InRange(float.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture), 0.3f, 1.001f);

    private static Dictionary<string, string> Offline(ConsumerFolder consumer) => new()
    {
        ["HF_HUB_OFFLINE"] = "1",
        ["JINA_EMBEDDINGS_CACHE"] = Path.Combine(consumer.Path, "cache"),
        ["HF_HOME"] = Path.Combine(consumer.Path, "hf"),
    };
}
