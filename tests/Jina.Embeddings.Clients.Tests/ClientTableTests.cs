using System.Text.Json;
using System.Text.RegularExpressions;
using Jina.Embeddings.Clients.Tests.Replay;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Compares the tables of docs/swap.md with the clients and versions that the tests use.</summary>
public sealed partial class ClientTableTests
{
    private static readonly string[] NuGetPackages =
    [
        "Microsoft.Extensions.AI.OpenAI", "Microsoft.Extensions.Http.Resilience", "Microsoft.SemanticKernel.Connectors.OpenAI",
        "OllamaSharp", "OpenAI",
    ];

    private static readonly string Page = File.ReadAllText(RepositoryFiles.Path("docs", "swap.md"));

    public static TheoryData<string, string> Packages
    {
        get
        {
            using var npm = JsonDocument.Parse(
                File.ReadAllText(RepositoryFiles.Path("tests", "Jina.Embeddings.Clients.Tests", "node", "package.json")));
            var packages = new TheoryData<string, string>();
            foreach (var package in npm.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                packages.Add(package.Name, package.Value.GetString()!);
            }

            var central = File.ReadAllText(RepositoryFiles.Path("Directory.Packages.props"));
            foreach (var match in CentralVersion().Matches(central).Where(match => NuGetPackages.Contains(match.Groups["name"].Value)))
            {
                packages.Add(match.Groups["name"].Value, match.Groups["version"].Value);
            }

            return packages;
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_page_has_the_version_of_every_installed_package(string package, string version) =>
        Assert.Contains($"{package} {version}", Page, StringComparison.Ordinal);

    [Fact]
    public void The_page_has_the_version_of_every_replayed_client() => Assert.All(
        ReplayedClient.All,
        client => Assert.Contains($"| {client.Name} | {client.Version} | replayed |", Page, StringComparison.Ordinal));

    [GeneratedRegex("""PackageVersion Include="(?<name>[^"]+)" Version="(?<version>[^"]+)" """)]
    private static partial Regex CentralVersion();
}
