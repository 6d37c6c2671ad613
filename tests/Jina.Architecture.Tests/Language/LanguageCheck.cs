using System.Text.RegularExpressions;

namespace Jina.Architecture.Tests.Language;

/// <summary>Checks the countable part of the language rules in CONTRIBUTING.md.</summary>
internal static partial class LanguageCheck
{
    /// <summary>The largest number of words in a sentence of a Markdown page or comment.</summary>
    public const int MaxWords = 40;

    /// <summary>The largest number of columns in a line of code.</summary>
    public const int MaxColumns = 140;

    /// <summary>Returns the violations in a file.</summary>
    /// <param name="name">
    /// The path inside the repository. The extension decides how the text is read, the first folder whether it is a test.
    /// </param>
    /// <param name="text">The content of the file.</param>
    public static IEnumerable<Violation> Check(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var isCode = name.EndsWith(".cs", StringComparison.Ordinal);
        var isTest = name.StartsWith("tests/", StringComparison.Ordinal);
        IEnumerable<TextBlock> blocks = name switch
        {
            _ when isCode => CSharpText.Blocks(text).Where(block => block.Kind != (isTest ? TextKind.Message : TextKind.TestName)),
            _ when name.EndsWith(".md", StringComparison.Ordinal) => MarkdownText.Blocks(lines),
            _ => lines.Select((line, index) => new TextBlock(TextKind.Fragment).Add(index + 1, line)),
        };
        var found = blocks.SelectMany(block => BrokenRules(name, block).Concat(LongSentences(name, block)));
        return (isCode ? found.Concat(LongLines(name, lines)) : found).OrderBy(violation => violation.Line);
    }

    private static IEnumerable<Violation> BrokenRules(string name, TextBlock block) =>
        from rule in LanguageRule.All
        where rule.Kinds.Contains(block.Kind)
        from match in rule.Pattern.Matches(block.Text)
        select new Violation(name, block.LineAt(match.Index), Shortened(block.Original(match)), rule.Advice);

    private static IEnumerable<Violation> LongSentences(string name, TextBlock block) =>
        from sentence in Sentence().Matches(block.Text)
        where block.Kind is TextKind.Prose or TextKind.Comment
        let words = Word().Count(sentence.Value)
        where words > MaxWords
        let advice = $"the sentence has {words} words; at most {MaxWords}"
        select new Violation(name, block.LineAt(sentence.Index), Shortened(block.Original(sentence)), advice);

    private static IEnumerable<Violation> LongLines(string name, string[] lines) =>
        from line in lines.Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > MaxColumns
        let advice = $"the line has {line.Text.Length} columns; at most {MaxColumns}"
        select new Violation(name, line.Number, Shortened(line.Text.Trim()), advice);

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    /// <summary>Matches a sentence, which ends with punctuation before a capital letter, or with its paragraph.</summary>
    [GeneratedRegex(@"\S[^\n]*?(?:(?<!\b(e\.g|i\.e|vs|cf))[.!?][)""'*_]*(?=\s+[^a-z\s]|\s*$|\n)|(?=\n)|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\p{L}\p{N}][^\s]*")]
    private static partial Regex Word();
}
