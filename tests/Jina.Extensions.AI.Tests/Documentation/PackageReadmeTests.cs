using System.Globalization;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Documentation;

#pragma warning disable xUnit1051 // The code is shown to readers, who have no cancellation token of a test.
/// <summary>The code of the package's README, compiled and run with the demo model.</summary>
public sealed class PackageReadmeTests : IDisposable
{
    private const string Page = "src/Jina.Extensions.AI/README.md";

    private readonly StringWriter Console = new(CultureInfo.InvariantCulture);

    public void Dispose() => Console.Dispose();

    [Fact]
    public void Every_snippet_is_compiled_by_these_tests()
    {
        const string Folder = "tests/Jina.Extensions.AI.Tests/Documentation";
        var lines = File.ReadAllText(RepositoryFiles.Path(Page)).Split("```csharp\n")[1].Split("```")[0].TrimEnd().Split('\n');
        var source = File.ReadAllText(RepositoryFiles.Path(Folder, $"{nameof(PackageReadmeTests)}.cs"));

        // The first snippet uses the model of a package, which this project does not reference.
        Assert.Equal("await using var jina = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.Demo);", lines[^3]);
        Assert.All(lines[^2..], line => Assert.Contains($"        {line}\n", source, StringComparison.Ordinal));
        DocumentedCode.AssertCompiled(Page, Folder, snippets: 2, runElsewhere: 1);
    }

    [Fact]
    public async Task Comparing_two_texts()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);

        var vectors = await jina.EncodeAsync("how is the weather today", "What is the current weather like today?");
        Console.WriteLine(vectors[0].CosineSimilarity(vectors[1]));

        Assert.InRange(float.Parse(Console.ToString(), CultureInfo.InvariantCulture), 0.3f, 1);
    }

    [Fact]
    public async Task Searching_in_memory()
    {
        await using var jina = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model);
        string[] texts = ["Wash the plates with a soft brush.", "What is the current weather like today?"];
        var query = await jina.GenerateAsync("how is the weather today");

        var candidates = await jina.GenerateAndZipAsync(texts);
        foreach (var (text, score) in query.FindClosest(candidates, top: 3))
        {
            Console.WriteLine($"{score:F2} {text}");
        }

        var results = Console.ToString().TrimEnd().Split(Console.NewLine);
        Assert.Equal(2, results.Length);
        Assert.Matches(@"^0\.\d\d What is the current weather like today\?$", results[0]);
    }
}
