using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace RagConsole.Tests.Mcp;

/// <summary>Calls tools of an MCP server.</summary>
internal static class McpCall
{
    /// <summary>Calls a tool and returns its text and its object. The test fails if the result is an error.</summary>
    public static async Task<(string Text, JsonElement Content)> CallAsync(
        this McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.RunAsync(tool, arguments);
        var text = result.Content.OfType<TextContentBlock>().Single().Text;
        Assert.True(result.IsError is not true, text);
        return (text, result.StructuredContent!.Value);
    }

    /// <summary>Calls a tool and returns the message of its error.</summary>
    public static async Task<string> FailAsync(this McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.RunAsync(tool, arguments);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.True(result.IsError, text);
        Assert.DoesNotContain('\n', text);
        return text;
    }

    /// <summary>Waits until the index is in a state, and returns the status.</summary>
    public static async Task<JsonElement> WaitAsync(this McpClient client, string state = "ready")
    {
        while (true)
        {
            var (_, status) = await client.CallAsync("status");
            if (status.GetProperty("state").GetString() == state)
            {
                return status;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<CallToolResult> RunAsync(
        this McpClient client, string tool, (string Name, object? Value)[] arguments) => await client.CallToolAsync(
            tool,
            arguments.ToDictionary(argument => argument.Name, argument => argument.Value),
            cancellationToken: TestContext.Current.CancellationToken);
}
