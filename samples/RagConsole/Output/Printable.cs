namespace RagConsole.Output;

/// <summary>Texts of files and servers made fit for a terminal: no control characters, which could move the cursor.</summary>
internal static class Printable
{
    /// <summary>A line of at least this length that goes on with a letter was broken to fit an editor.</summary>
    private const int WrappedLength = 60;

    /// <summary>Joins a text's lines to one.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text));

    /// <summary>Returns a text with its line ends, and no other control character.</summary>
    public static string Text(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));

    /// <summary>Returns a text's lines, without blank ones.</summary>
    public static IEnumerable<string> Lines(string text) => text
        .Split(['\n', '\r'])
        .Select(line => Text(line).TrimEnd())
        .Where(line => line.Length > 0);

    /// <summary>Returns a text's lines, those that were broken in the middle of a paragraph joined again.</summary>
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
