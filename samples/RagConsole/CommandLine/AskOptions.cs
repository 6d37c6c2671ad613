namespace RagConsole.CommandLine;

/// <summary>What the user asked for.</summary>
/// <param name="Question">The question.</param>
/// <param name="Docs">The folder of the documents.</param>
/// <param name="Model">The embedding model and why it was chosen.</param>
/// <param name="Top">How many passages to show.</param>
/// <param name="Json">Whether to write JSON.</param>
internal sealed record AskOptions(string Question, string Docs, ModelChoice Model, int Top, bool Json);
