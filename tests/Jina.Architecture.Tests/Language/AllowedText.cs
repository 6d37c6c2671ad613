namespace Jina.Architecture.Tests.Language;

/// <summary>Represents a violation that is meant.</summary>
/// <param name="File">The path inside the repository, or a folder that ends with a slash.</param>
/// <param name="Text">The reported text, or a part of it.</param>
/// <param name="Reason">The reason, for the reader of this list.</param>
internal sealed record AllowedText(string File, string Text, string Reason)
{
    /// <summary>Gets all violations that are meant.</summary>
    public static IReadOnlyList<AllowedText> All { get; } =
    [
        new("src/Jina.Benchmarking/CountedTexts.cs", "neighbour", "Data of a benchmark: another word has another number of tokens."),
        new("tools/demo-model/phrases.py", "told", "Data: a part of made sentences, which the model is trained on."),
        new("tools/demo-model/phrases.py", "is no", "Data: a part of made sentences, which the model is trained on."),
    ];

    /// <summary>Determines whether a violation is the one that is meant.</summary>
    public bool Covers(Violation violation) =>
        (violation.File == File || (File.EndsWith('/') && violation.File.StartsWith(File, StringComparison.Ordinal)))
        && violation.Text.Contains(Text, StringComparison.Ordinal);
}
