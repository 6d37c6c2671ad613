namespace Jina.Extensions.AI.Scheduling;

/// <summary>The results of a window, in the caller's order.</summary>
/// <param name="Vectors">One vector per text.</param>
/// <param name="Tokens">The tokens of all its texts, as the model saw them.</param>
/// <param name="Truncated">How many texts were cut.</param>
internal readonly record struct EmbeddedWindow(float[][] Vectors, int Tokens, int Truncated);
