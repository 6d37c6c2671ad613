using Jina.Extensions.AI;

namespace RagConsole.Mcp;

/// <summary>Represents what an MCP server serves.</summary>
/// <param name="Folders">The absolute paths of the folders to index and to keep up to date.</param>
/// <param name="Database">The path of the database, or <c>:memory:</c>.</param>
/// <param name="Model">The embedding model, or null to choose one.</param>
/// <param name="Collection">The name of the folder in the database, or null for a name made from the folder.</param>
internal sealed record McpSettings(
    IReadOnlyList<string> Folders, string Database, JinaEmbeddingModel? Model, string? Collection);
