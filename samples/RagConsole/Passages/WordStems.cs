using System.Text.RegularExpressions;

namespace RagConsole.Passages;

/// <summary>Finds the words that a question and a text share.</summary>
internal static partial class WordStems
{
    /// <summary>Inflected forms of a word share their first letters.</summary>
    private const int Length = 5;

    /// <summary>Returns the starts of the longer words of a text.</summary>
    public static HashSet<string> Find(string text) => [.. LongWord().Matches(text).Select(word => Shorten(word.Value))];

    /// <summary>Splits a text into its longer words and the texts between them.</summary>
    /// <returns>The parts in order, and whether a part is a word with one of the stems.</returns>
    public static IEnumerable<(string Part, bool IsMatch)> Split(string text, HashSet<string> stems)
    {
        var end = 0;
        foreach (Match word in LongWord().Matches(text))
        {
            if (stems.Contains(Shorten(word.Value)))
            {
                yield return (text[end..word.Index], false);
                yield return (word.Value, true);
                end = word.Index + word.Length;
            }
        }

        yield return (text[end..], false);
    }

    private static string Shorten(string word) => word[..Math.Min(word.Length, Length)].ToLowerInvariant();

    /// <summary>Finds words of at least four letters. Shorter ones are in most texts.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}]{4,}")]
    private static partial Regex LongWord();
}
