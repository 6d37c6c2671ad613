using System.Buffers;
using System.Globalization;
using System.Text;

namespace Jina.Extensions.AI.Diagnostics;

/// <summary>
/// Makes text that comes from files, servers or users safe to print: of bounded length, on one line, without control characters.
/// </summary>
/// <remarks>
/// A name in a file can have any length, and characters that move the cursor, color the terminal, reverse the reading direction or are
/// invisible. They are replaced by escapes such as <c>\u001b</c>. Letters of all languages stay.
/// </remarks>
internal static class PrintableText
{
    /// <summary>The most characters of a message. The longest ones of this library have about 1,000, and paths have up to 4,096.</summary>
    public const int MaximumMessage = 6000;

    /// <summary>The most characters of a name within a message. Names of weights have at most about 80.</summary>
    public const int MaximumName = 200;

    /// <summary>The most characters of an exception with its causes and stack traces, as log files contain it.</summary>
    public const int MaximumReport = 60_000;

    private const string Gap = " … ";

    /// <summary>Returns a message as one line. The middle of a longer one is left out, because the end contains the next step.</summary>
    public static string Message(string text) => Escape(text, MaximumMessage, keepsLines: false);

    /// <summary>Returns a name, a path or a value as part of a message.</summary>
    public static string Name(string text) => Escape(text, MaximumName, keepsLines: false);

    /// <summary>Returns names, separated by commas. After some of them, the rest is only counted.</summary>
    public static string Names(IEnumerable<string?> names, int maximum = 10)
    {
        var shown = new List<string>();
        var rest = 0;
        foreach (var name in names)
        {
            if (shown.Count < maximum)
            {
                shown.Add(Name(name ?? ""));
            }
            else
            {
                rest++;
            }
        }

        return string.Join(", ", shown) + (rest > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {rest} more") : "");
    }

    /// <summary>Returns the description of an exception. Its line breaks stay.</summary>
    public static string Report(string text) => Escape(text, MaximumReport, keepsLines: true);

    private static string Escape(string text, int maximum, bool keepsLines)
    {
        var shown = Shorten(text, maximum);
        var first = FindInvisible(shown, keepsLines);
        if (first < 0)
        {
            return shown;
        }

        var escaped = new StringBuilder(shown, 0, first, shown.Length + 64);
        for (var rest = shown.AsSpan(first); !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            if (status != OperationStatus.Done || IsInvisible(rune, keepsLines))
            {
                AppendEscape(escaped, status == OperationStatus.Done ? rune.Value : rest[0]);
            }
            else
            {
                escaped.Append(rest[..consumed]);
            }

            rest = rest[consumed..];
        }

        return Shorten(escaped.ToString(), maximum);
    }

    private static int FindInvisible(string text, bool keepsLines)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is >= ' ' and <= '~')
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var consumed) != OperationStatus.Done
                || IsInvisible(rune, keepsLines))
            {
                return at;
            }

            at += consumed;
        }

        return -1;
    }

    private static bool IsInvisible(Rune rune, bool keepsLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !(keepsLines && rune.Value is '\n' or '\r' or '\t'),
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.OtherNotAssigned => true,
        _ => false,
    };

    private static void AppendEscape(StringBuilder escaped, int value) => _ = value switch
    {
        '\n' => escaped.Append(@"\n"),
        '\r' => escaped.Append(@"\r"),
        '\t' => escaped.Append(@"\t"),
        <= char.MaxValue => escaped.Append(CultureInfo.InvariantCulture, $@"\u{value:x4}"),
        _ => escaped.Append(CultureInfo.InvariantCulture, $@"\U{value:x8}"),
    };

    // Two thirds from the beginning and one third from the end, without halves of surrogate pairs.
    private static string Shorten(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        var tail = text.Length - (maximum / 3);
        var head = maximum - (maximum / 3) - Gap.Length;
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(tail));
    }
}
