using System.IO.Compression;
using System.Xml.Linq;
using Jina.Testing;

namespace Jina.Packaging.Tests;

/// <summary>Tests the packages in the form in which users get them.</summary>
public sealed class PackageTests(PackageFeed feed)
{
    private const string DemoModel = "Jina.Embeddings.DemoModel";

    private const string Templates = "Jina.Templates";

    /// <summary>The list of the packages of the tool, which have the code.</summary>
    private const string Tool = "Jina.Embeddings.Tool";

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
        var hasAssembly = package is not (Tool or DemoModel or Templates);
        Assert.Equal(hasAssembly, archive.Entries.Any(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)));
        var hasSymbols = hasAssembly && package != PackageFeed.RagTool;
        Assert.Equal(hasSymbols, File.Exists(feed.File(package, "snupkg")));
        if (hasSymbols)
        {
            using var symbols = ZipFile.OpenRead(feed.File(package, "snupkg"));
            Assert.Contains(symbols.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_demo_model_is_a_package_of_12_MB_with_the_files_of_the_repository()
    {
        using var archive = ZipFile.OpenRead(feed.File(DemoModel));

        var model = RepositoryFiles.Path("models", "demo-en");
        var files = Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories)
            .Select(file => $"model/demo-en/{Path.GetRelativePath(model, file).Replace('\\', '/')}")
            .Where(file => !file.Contains("/jina-encoder-", StringComparison.Ordinal));
        var packed = archive.Entries.Select(entry => entry.FullName);
        Assert.Equal(files.Order(), packed.Where(name => name.StartsWith("model/", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(packed, name => name.EndsWith(".dll", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(feed.File(DemoModel)).Length, 1, 12_000_000);
    }

    [Fact]
    public void The_templates_have_their_files_with_the_versions_of_the_build()
    {
        using var archive = ZipFile.OpenRead(feed.File(Templates));

        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.DoesNotContain(names, name => name.Split('/').Any(folder => folder is "bin" or "obj"));
        foreach (var template in new[] { "jina-rag", "jina-mcp" })
        {
            Assert.Contains($"content/{template}/.gitignore", names);
            Assert.Contains($"content/{template}/.template.config/template.json", names);
            using var project = archive.GetEntry($"content/{template}/JinaApp.csproj")!.Open();
            var versions = XDocument.Load(project).Descendants("PackageReference")
                .ToDictionary(reference => reference.Attribute("Include")!.Value, reference => reference.Attribute("Version")!.Value);
            Assert.All(versions, package => Assert.Matches(
                package.Key.StartsWith("Jina.", StringComparison.Ordinal) ? $"^{feed.Version}$" : @"^\d+\.\d+\.\d+$", package.Value));
        }
    }

    [Theory]
    [InlineData("Jina.Extensions.AI")]
    [InlineData("Jina.Retrieval")]
    [InlineData("Jina.SemanticKernel")]
    [InlineData("Jina.Agents")]
    [InlineData("Jina.VectorData.Sqlite")]
    [InlineData("Jina.Embeddings.AspNetCore")]
    [InlineData("Jina.Aspire.Hosting")]
    [InlineData("Jina.Aspire.Embeddings")]
    public void A_library_has_the_documentation_of_its_members(string package)
    {
        using var archive = ZipFile.OpenRead(feed.File(package));

        var names = archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal));
        Assert.Equal([$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], names.Order());
    }
}
