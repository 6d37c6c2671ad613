using RagConsole.Retrieval;

namespace RagConsole.Output;

/// <summary>What there is to tell: the passages, best first, and the answer text as it comes, where a chat model writes one.</summary>
internal sealed record Findings(string Question, string Model, IReadOnlyList<Hit> Hits, IAsyncEnumerable<string>? Answer);
