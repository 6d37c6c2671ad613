using Jina.Extensions.AI;

namespace RagConsole.CommandLine;

/// <summary>What the user asked for.</summary>
/// <param name="Question">The question.</param>
/// <param name="Docs">The folder of the documents.</param>
/// <param name="Model">The embedding model, or null for the best that can be had.</param>
/// <param name="Top">How many passages to show.</param>
/// <param name="Json">Whether to write JSON.</param>
internal sealed record AskOptions(string Question, string Docs, JinaEmbeddingModel? Model, int Top, bool Json);
