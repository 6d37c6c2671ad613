using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace RagConsole.Mcp;

/// <summary>Creates the results of tools: a compact text for models, and the same as an object for programs.</summary>
internal static class ToolResult
{
    /// <summary>Returns a result with a text, links to resources and an object.</summary>
    public static CallToolResult Create<T>(string text, T content, params IEnumerable<ContentBlock> links) => new()
    {
        Content = [new TextContentBlock { Text = text }, .. links],
        StructuredContent = JsonSerializer.SerializeToElement(content, McpHost.Json),
    };
}
