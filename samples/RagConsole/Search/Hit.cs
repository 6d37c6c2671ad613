namespace RagConsole.Search;

/// <summary>A passage and the cosine of the angle between its vector and the question's.</summary>
internal sealed record Hit(Passage Passage, float Score);
