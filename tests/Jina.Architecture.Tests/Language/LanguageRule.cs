using System.Text.RegularExpressions;

namespace Jina.Architecture.Tests.Language;

/// <summary>Represents a rule that a regular expression can check.</summary>
/// <param name="Pattern">Matches what the rule forbids.</param>
/// <param name="Advice">The text that is reported for a match.</param>
/// <param name="Kinds">The kinds of text that the rule applies to.</param>
internal sealed record LanguageRule(Regex Pattern, string Advice, params TextKind[] Kinds)
{
    private static readonly TextKind[] Sentences = [TextKind.Prose, TextKind.Comment, TextKind.Message];
    private static readonly TextKind[] Words = [.. Sentences, TextKind.Fragment, TextKind.TestName];

    /// <summary>Gets all rules of CONTRIBUTING.md that a pattern can check.</summary>
    public static IReadOnlyList<LanguageRule> All { get; } =
    [
        Create(@"\b(is|are|was|were|be) (no|none|nobody|nothing but)\b(?! longer\b)", "write 'is not a', 'has no' or 'does not'", Words),
        Create(@"\b(stands?|stood)\b(?! for\b)", "files are in folders; values are", Words),
        Create(@"\b(tells?|told)\b(?! apart\b)", "code returns, reports, or shows", Words),
        Create(@"\b(lie|lies|bear|bears|borne)\b", "files are in folders; values have or match", Words),
        Create(@"(?<!\bconnection (is |was )?)\brefus(e|es|ed|al|als|ing)\b", "write 'reject'", Words),
        Create(@"\b(whoever|nobody|whatever)\b", "name the person or thing", Words),
        Create(@"\b(no|not|nothing|never|nobody|none)\b[^.;:\n]{0,60}\bany more\b", "write 'no longer'", Words),
        Create(@"\bthousand millions?\b", "write 'billion', or use a unit with a prefix", Words),
        Create(
            @"(?<=^|[.!?][ \n]+|\n *)(?-i)(What|Whatever|Who|Whoever|Whose|Which)\b[^.?!\n]*([.!\n]|$)",
            "name the subject first",
            Sentences),
        Create(
            @"(?-i)(?<=^|\n *)(How|Where|That)\b[^.?!\n]*[.\n]|(?<=^\s*)Whether\b[^.?!\n]*[.\n]",
            "begin with a verb: Gets, Represents, Specifies, Determines whether",
            TextKind.Comment),
        Create(BritishSpelling.Pattern, "use the American spelling", [.. Words, TextKind.Code]),
    ];

    private static LanguageRule Create(string pattern, string advice, params TextKind[] kinds) =>
        new(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase), advice, kinds);
}
