using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Packaging.Tests;

/// <summary>Tests the packages in the form in which users get them.</summary>
public sealed class PackageTests(PackageFeed feed)
{
    public static TheoryData<string> Packages => [.. PackageFeed.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_metadata_for_a_gallery_and_symbols_for_a_debugger(string package)
    {
        using var archive = ZipFile.OpenRead(feed.File(package));
        using var nuspec = archive.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().First();
        string? Of(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal(
            (package, feed.Version, "Apache-2.0", "README.md", "icon.png"),
            (Of("id"), Of("version"), Of("license"), Of("readme"), Of("icon")));
        Assert.True(Of("description")!.Length > 40);
        Assert.Contains(archive.Entries, entry => entry.FullName == "README.md" && entry.Length > 100);
        Assert.Contains(archive.Entries, entry => entry.FullName == "icon.png");
        using var symbols = ZipFile.OpenRead(feed.File(package, "snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Jina.Extensions.AI")]
    [InlineData("Jina.SemanticKernel")]
    [InlineData("Jina.VectorData.Sqlite")]
    [InlineData("Jina.Embeddings.AspNetCore")]
    public void A_library_has_the_documentation_of_its_members(string package)
    {
        using var archive = ZipFile.OpenRead(feed.File(package));

        var names = archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal));
        Assert.Equal([$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], names.Order());
    }

    [Fact]
    public async Task The_first_lines_of_the_README_run_in_an_app_of_their_own()
    {
        using var consumer = new ConsumerFolder(feed);
        await using var hub = await LocalHub.StartAsync();
        hub.Repository = "jinaai/jina-embedding-s-en-v1";
        hub.Branch = hub.CurrentCommit = "5ac6cd473e2324c6d5f9e558a6a9f65abb57143e";
        hub.Files = HubFile.Of(RepositoryFiles.Path("models", "demo-en"));
        var lines = File.ReadAllText(RepositoryFiles.Path("README.md")).Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("CreateAsync", lines, StringComparison.Ordinal);
        consumer.WriteApp(lines, ("Jina.Extensions.AI", feed.Version));

        var environment = new Dictionary<string, string>
        {
            ["HF_ENDPOINT"] = hub.HubAddress,
            ["HF_HUB_OFFLINE"] = "0",
            ["JINA_EMBEDDINGS_CACHE"] = Path.Combine(consumer.Path, "cache"),
            ["HF_HOME"] = Path.Combine(consumer.Path, "hf"),
        };
        var output = await Dotnet.RunAsync("dotnet", consumer.Path, environment, "run");

        Assert.InRange(float.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture), 0.3f, 1f);
    }

    [Fact]
    public async Task The_tool_installs_and_runs()
    {
        using var consumer = new ConsumerFolder(feed);

        string[] install = ["tool", "install", "Jina.Embeddings.Tool", "--tool-path", "tools", "--version", feed.Version];
        await Dotnet.RunAsync("dotnet", consumer.Path, [], install);
        string[] similarity = ["similarity", "rain", "rain", "--json", "--model", RepositoryFiles.Path("models", "demo-en")];
        var output = await Dotnet.RunAsync(Path.Combine(consumer.Path, "tools", "jina-embeddings"), consumer.Path, [], similarity);

        const string pattern = @"\{""texts"":\[""rain"",""rain""\],""similarity"":\[\[N,N\],\[N,N\]\]\}";
        Assert.Matches(pattern.Replace("N", @"(1|0\.99999\d*)", StringComparison.Ordinal), output);
    }
}
