namespace Jina.Embeddings.Tool;

/// <summary>Represents the failure of a command for a reason that the user can correct.</summary>
/// <param name="message">The message for the user: what is wrong, what was found, what was expected and what to do next.</param>
/// <param name="exitCode">The exit code of the process.</param>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
