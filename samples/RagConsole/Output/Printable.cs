using System.Globalization;
using System.Text;

namespace RagConsole.Output;

/// <summary>
/// Makes names and texts of files and servers safe to print. They could contain characters that control the terminal, end the line
/// or change the order of the text around them.
/// </summary>
internal static class Printable
{
    /// <summary>A line of at least this length that continues with a letter was wrapped by an editor.</summary>
    private const int WrappedLength = 60;

    /// <summary>Returns a name, such as that of a file, with an escape in place of each invisible character: <c>\u000a</c>.</summary>
    public static string Name(string name) =>
        string.Concat(name.EnumerateRunes().Select(rune => IsInvisible(rune) ? $"\\u{rune.Value:x4}" : rune.ToString()));

    /// <summary>Returns a message as one line.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text));

    /// <summary>Returns a text with spaces in place of characters that control the terminal or the direction. Line feeds stay.</summary>
    public static string Text(string text) => string.Concat(text.Select(c => IsControl(c) && c != '\n' ? ' ' : c));

    /// <summary>Returns the lines of a text without blank lines.</summary>
    public static IEnumerable<string> Lines(string text) => text
        .Split(['\n', '\r'])
        .Select(line => Text(line).TrimEnd())
        .Where(line => line.Length > 0);

    /// <summary>Returns the lines of a text. Lines that an editor wrapped are joined to one paragraph.</summary>
    public static IEnumerable<string> Paragraphs(string text)
    {
        var paragraphs = new List<string>();
        var wrapped = false;
        foreach (var line in Lines(text))
        {
            if (wrapped && char.IsLetter(line[0]))
            {
                paragraphs[^1] += $" {line}";
            }
            else
            {
                paragraphs.Add(line);
            }

            wrapped = line.Length >= WrappedLength && line[0] != '#';
        }

        return paragraphs;
    }

    /// <summary>Texts keep marks that some scripts need, such as joiners. Overrides, embeddings and isolates are for whole lines.</summary>
    private static bool IsControl(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
