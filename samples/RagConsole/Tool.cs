namespace RagConsole;

/// <summary>Describes this program as it is installed.</summary>
internal static class Tool
{
    /// <summary>The command that starts this program, for messages and examples.</summary>
    public const string Name = "jina-rag";
}
