namespace RagConsole.Tests.Mcp;

/// <summary>Groups the tests that use the same two servers.</summary>
[CollectionDefinition(Name)]
public sealed class McpGroup : ICollectionFixture<McpServers>
{
    public const string Name = "MCP servers";
}
