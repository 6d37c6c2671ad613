using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs the inspector of the Model Context Protocol against the MCP server of samples/RagConsole.</summary>
public sealed class InspectorTests
{
    private const string Package = "@modelcontextprotocol/inspector";

    [Fact]
    public async Task The_inspector_lists_the_tools_and_calls_a_search_and_a_read()
    {
        using var tools = await RunAsync("tools/list");
        using var found = await RunAsync(
            "tools/call", "--tool-name", "search", "--tool-arg", "query=How do I clean the rain gauge?", "--tool-arg", "top=2");
        using var refused = await RunAsync("tools/call", "--tool-name", "read", "--tool-arg", "file=../RagConsole.dll");

        var names = tools.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString());
        Assert.Equal(["read", "search", "status"], names.Order());
        var results = found.RootElement.GetProperty("structuredContent").GetProperty("results");
        Assert.Equal((2, "rain-gauge.md"), (results.GetArrayLength(), results[0].GetProperty("file").GetString()));
        Assert.True(refused.RootElement.GetProperty("isError").GetBoolean());
    }

    private static async Task<JsonDocument> RunAsync(string method, params string[] options)
    {
        NodeScript.SkipWithout(Package);
        string[] server = ["dotnet", BuildOutput.Of("RagConsole.dll", "samples", "RagConsole"), "mcp", "--model=demo"];
        string[] inspector = [NodeScript.FindFile(Package, "cli/build/cli.js"), "--cli"];
        return JsonDocument.Parse(await CommandRun.OutputAsync("node", [.. inspector, .. server, "--method", method, .. options]));
    }
}
