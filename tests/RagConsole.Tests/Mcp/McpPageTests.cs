using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jina.Testing;
using RagConsole.Commands;
using RagConsole.Mcp;

namespace RagConsole.Tests.Mcp;

/// <summary>Compares docs/mcp.md with the program.</summary>
public sealed partial class McpPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.Path("docs", "mcp.md"));

    public static TheoryData<string> Configurations => [.. JsonBlock().Matches(Page).Select(match => match.Groups["json"].Value)];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Each_configuration_starts_the_command_or_names_its_address(string json)
    {
        using var configuration = JsonDocument.Parse(json);
        var servers = Assert.Single(configuration.RootElement.EnumerateObject());
        Assert.Contains(servers.Name, new[] { "servers", "mcpServers" });
        var server = servers.Value.GetProperty("jina-rag");
        if (server.TryGetProperty("url", out var url))
        {
            Assert.Equal($"http://127.0.0.1:8090{McpHost.Path}", url.GetString());
            return;
        }

        var arguments = server.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!).ToArray();
        string[] before = server.GetProperty("command").GetString() == "dnx" ? ["Jina.Rag.Tool", "--yes", "--"] : [];
        Assert.Equal([.. before, "mcp"], arguments[..^1]);
        Assert.Empty(McpCommand.Create((_, _) => throw new InvalidOperationException()).Parse(arguments[(before.Length + 1)..]).Errors);
    }

    [Fact]
    public void The_page_has_the_limits_and_the_options()
    {
        string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

        Assert.Contains($"{Number(TokenBudget.ResultTokens)} tokens", Page, StringComparison.Ordinal);
        Assert.Contains($"`count` (1 to {Number(FileReader.MaxLines)},", Page, StringComparison.Ordinal);
        var command = McpCommand.Create((_, _) => throw new InvalidOperationException());
        Assert.All(command.Options, option => Assert.Contains($"`{option.Name}", Page, StringComparison.Ordinal));
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
