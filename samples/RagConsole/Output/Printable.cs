namespace RagConsole.Output;

/// <summary>Removes control characters from texts of files and servers, because they could control the terminal.</summary>
internal static class Printable
{
    /// <summary>A line of at least this length that continues with a letter was wrapped by an editor.</summary>
    private const int WrappedLength = 60;

    /// <summary>Returns a text as one line.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text));

    /// <summary>Returns a text with spaces in place of control characters. Line feeds stay.</summary>
    public static string Text(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));

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
}
