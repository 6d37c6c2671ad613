namespace Jina.Extensions.AI.Tokenization;

/// <summary>The chars of the original that a token stands for.</summary>
/// <param name="Start">The position of the first of them.</param>
/// <param name="End">The position after the last whole character of them.</param>
/// <param name="EndsInside">
/// Whether the token takes a part of the character at <paramref name="End"/>, whose rest falls to the next token: "…"
/// becomes three full stops, which need not stay together.
/// </param>
internal readonly record struct TokenRange(int Start, int End, bool EndsInside);
