namespace RagConsole.Mcp;

/// <summary>Represents a failure that a model can act on. The message is the text of the tool's error.</summary>
internal sealed class ToolException(string message) : Exception(message);
