namespace RagConsole.Retrieval;

/// <summary>A passage and how well it matches; what the score is depends on the kind of search.</summary>
internal sealed record Hit(Passage Passage, double Score);
