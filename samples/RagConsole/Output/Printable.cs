namespace RagConsole.Output;

/// <summary>Texts of files and servers made fit for a terminal: no control characters, which could move the cursor.</summary>
internal static class Printable
{
    /// <summary>Joins a text's lines to one.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text));

    /// <summary>Returns a text's lines, without blank ones.</summary>
    public static IEnumerable<string> Lines(string text) => text
        .Split(['\n', '\r'])
        .Select(line => string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd())
        .Where(line => line.Length > 0);
}
