using System.CommandLine;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ToolCommand(string name, string description) : Command(name, description)
{
    /// <summary>Gets the command lines that the help shows, each of them complete.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Gets how long the command may go on after Ctrl+C or SIGTERM.</summary>
    public TimeSpan TerminationTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
