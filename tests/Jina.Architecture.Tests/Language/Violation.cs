namespace Jina.Architecture.Tests.Language;

/// <summary>Represents a place that breaks a language rule.</summary>
/// <param name="File">The path inside the repository.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Text">The text that was found, shortened.</param>
/// <param name="Advice">The correction to make.</param>
internal sealed record Violation(string File, int Line, string Text, string Advice)
{
    public override string ToString() => $"{File}:{Line}: \"{Text}\": {Advice}";
}
