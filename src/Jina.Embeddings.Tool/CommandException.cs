namespace Jina.Embeddings.Tool;

/// <summary>A command cannot go on, for a reason that the user can do something about.</summary>
/// <param name="message">What was found, what was expected and what to do: fit for the user as it is.</param>
/// <param name="exitCode">What the process returns.</param>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
