using System.Xml.Linq;
using Jina.Testing;

namespace Jina.Packaging.Tests;

/// <summary>Tests the library and its server in an application that is compiled ahead of time.</summary>
public sealed class AheadOfTimeTests(PackageFeed feed)
{
    private const string Injection = "Microsoft.Extensions.DependencyInjection";
    private const string Texts = "How do I clean the rain gauge?\nA cat sat on the mat.\n\nthe same, twice\nthe same, twice\n";

    [Fact]
    public async Task An_app_publishes_without_warnings_and_computes_the_same_vectors()
    {
        SkipWithoutLinker();
        using var consumer = new ConsumerFolder(feed);
        var texts = Path.Combine(consumer.Path, "texts.txt");
        var vectors = Path.Combine(consumer.Path, "vectors.jsonl");
        File.WriteAllText(texts, Texts);
        var tool = BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool");
        var model = RepositoryFiles.Path("models", "demo-en");
        File.WriteAllText(vectors, await Dotnet.RunAsync("dotnet", consumer.Path, [], tool, "embed", "--input", texts, "--model", model));
        var program = File.ReadAllText(RepositoryFiles.Path("tests", "Jina.Aot.TestApp", "Program.cs"));
        consumer.WriteApp(
            program,
            ("Jina.Embeddings.AspNetCore", feed.Version),
            ("Jina.Embeddings.DemoModel", feed.Version),
            (Injection, VersionOf(Injection)));

        string[] publish = ["publish", "-p:PublishAot=true", "-p:TreatWarningsAsErrors=true", "-p:NativeDebugSymbols=false"];
        await Dotnet.RunAsync("dotnet", consumer.Path, [], [.. publish, "--use-current-runtime", "--output", "published"]);
        var output = await Dotnet.RunAsync(Path.Combine(consumer.Path, "published", "App"), consumer.Path, [], "demo-en", texts, vectors);

        Assert.StartsWith("5 texts, largest difference ", output, StringComparison.Ordinal);
        Assert.Contains("Token IDs are decoded.", output, StringComparison.Ordinal);
    }

    /// <summary>Skips a test that compiles ahead of time on a machine that cannot link.</summary>
    internal static void SkipWithoutLinker() => Assert.SkipWhen(
        OperatingSystem.IsLinux() && !IsOnPath("clang") && !IsOnPath("gcc"),
        "Ahead-of-time compilation needs clang or gcc to link. Neither is in PATH.");

    private static string VersionOf(string package) =>
        XDocument.Load(RepositoryFiles.Path("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(version => (string?)version.Attribute("Include") == package)
            .Attribute("Version")!.Value;

    private static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
