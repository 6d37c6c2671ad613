using System.IO.Compression;
using System.Runtime.InteropServices;
using Jina.Testing;

namespace Jina.Packaging.Tests;

/// <summary>
/// Tests the packages of the tool: a list of packages, one with native code for each system, and one for all other systems.
/// </summary>
public sealed class ToolTests(PackageFeed feed)
{
    private const string Tool = "Jina.Embeddings.Tool";

    private static readonly string[] Systems = ["linux-x64", "linux-arm64", "osx-arm64", "win-x64", "any"];

    [Fact]
    public void The_list_of_packages_has_no_code()
    {
        using var archive = ZipFile.OpenRead(feed.File(Tool));
        using var settings = new StreamReader(archive.Entries.Single(entry => entry.Name == "DotnetToolSettings.xml").Open());

        var text = settings.ReadToEnd();
        Assert.All(Systems, system => Assert.Contains($"Id=\"{Tool}.{system}\"", text, StringComparison.Ordinal));
        Assert.DoesNotContain(archive.Entries, entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_without_the_package_of_this_system_is_reported_with_the_name_of_the_package()
    {
        using var consumer = new ConsumerFolder(feed);

        var error = await Dotnet.FailAsync("dotnet", consumer.Path, consumer.ToolEnvironment, Install(feed.Version));

        var system = Systems.Contains(RuntimeInformation.RuntimeIdentifier) ? RuntimeInformation.RuntimeIdentifier : "any";
        Assert.Contains($"{Tool}.{system} is not found in NuGet feeds", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    /// <summary>This system can have a package of its own. So the list of this test does not have it.</summary>
    [Fact]
    public async Task The_package_for_all_systems_installs_and_runs()
    {
        using var consumer = new ConsumerFolder(feed);
        var version = $"{feed.Version}.any";
        await PackAsync(consumer, version, "--runtime", "any");
        await PackAsync(consumer, version, "--no-build", "-p:ToolPackageRuntimeIdentifiers=any");

        await Dotnet.RunAsync("dotnet", consumer.Path, consumer.ToolEnvironment, Install(version));

        await AssertRunsAsync(consumer, Path.Combine(consumer.Path, "tools", "jina-embeddings"));
    }

    [Fact]
    public async Task The_package_of_this_system_has_native_code_and_installs_and_runs()
    {
        var system = RuntimeInformation.RuntimeIdentifier;
        Assert.SkipUnless(Systems.Contains(system), $"The tool has no package of its own for {system}.");
        AheadOfTimeTests.SkipWithoutLinker();
        using var consumer = new ConsumerFolder(feed);
        var version = $"{feed.Version}.native";
        await PackAsync(consumer, version, "--runtime", system);
        await PackAsync(consumer, version, "--no-build");

        using (var archive = ZipFile.OpenRead(Path.Combine(consumer.OwnFeed, $"{Tool}.{system}.{version}.nupkg")))
        {
            Assert.DoesNotContain(archive.Entries, entry => Path.GetExtension(entry.Name) is ".dll" or ".pdb" or ".dbg");
        }

        await Dotnet.RunAsync("dotnet", consumer.Path, consumer.ToolEnvironment, Install(version));
        await AssertRunsAsync(consumer, Path.Combine(consumer.Path, "tools", "jina-embeddings"));
        string[] once = ["dnx", "--yes", $"{Tool}@{version}", "tokenize", "--model", RepositoryFiles.Path("models", "demo-en")];
        Assert.Equal("", await Dotnet.RunAsync("dotnet", consumer.Path, consumer.ToolEnvironment, once));
        await AssertRunsFromArchiveAsync(consumer);
    }

    /// <summary>Moves the published files to another folder in an archive, and runs the tool without .NET.</summary>
    private static async Task AssertRunsFromArchiveAsync(ConsumerFolder consumer)
    {
        var archive = Path.Combine(consumer.Path, "jina-embeddings.zip");
        var unpacked = Path.Combine(consumer.Path, "unpacked");
        ZipFile.CreateFromDirectory(Published(consumer), archive);
        ZipFile.ExtractToDirectory(archive, unpacked);

        Dictionary<string, string> withoutDotnet = new() { ["DOTNET_ROOT"] = unpacked, ["PATH"] = unpacked };
        await AssertRunsAsync(consumer, Path.Combine(unpacked, "jina-embeddings"), withoutDotnet);
    }

    private static string Published(ConsumerFolder consumer) => Path.Combine(consumer.Path, "publish") + Path.DirectorySeparatorChar;

    private static string[] Install(string version) => ["tool", "install", Tool, "--tool-path", "tools", "--version", version];

    private static async Task AssertRunsAsync(
        ConsumerFolder consumer, string program, Dictionary<string, string>? environment = null)
    {
        string[] similarity = ["similarity", "rain", "rain", "--json", "--model", RepositoryFiles.Path("models", "demo-en")];
        var output = await Dotnet.RunAsync(program, consumer.Path, environment ?? [], similarity);

        const string pattern = @"\{""texts"":\[""rain"",""rain""\],""similarity"":\[\[N,N\],\[N,N\]\]\}";
        Assert.Matches(pattern.Replace("N", @"(1|0\.99999\d*)", StringComparison.Ordinal), output);
    }

    /// <summary>Packs the tool into the consumer's own feed.</summary>
    private static async Task PackAsync(ConsumerFolder consumer, string version, params string[] options)
    {
        // The libraries are not compiled again: PackageVersion is not a part of assemblies, and the configuration is that of the tests.
        // Without optimization, the native compiler reports members of ASP.NET Core that the tool does not use.
        // A package contains the whole publish directory, also what was published there before.
        string[] properties =
            [$"-p:PackageVersion={version}", "-p:Optimize=true", "-p:RunAnalyzers=false", $"-p:PublishDir={Published(consumer)}"];
        string[] pack = ["pack", Path.Combine("src", Tool), "--configuration", PackageFeed.Configuration, "--output", consumer.OwnFeed];
        await Dotnet.RunAsync("dotnet", RepositoryFiles.Root, [], [.. pack, .. properties, .. options]);
    }
}
