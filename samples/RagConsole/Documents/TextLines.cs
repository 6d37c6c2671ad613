namespace RagConsole.Documents;

/// <summary>Splits texts into the lines that passages and citations count.</summary>
internal static class TextLines
{
    /// <summary>Returns the lines of a text, which end with \r\n, \n or \r. The end of the last line does not start another one.</summary>
    public static string[] Split(string text)
    {
        var lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
