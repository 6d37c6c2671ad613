namespace RagConsole.Documents;

/// <summary>Tells by a file's name how to read its text.</summary>
internal static class DocumentFormat
{
    private static readonly Dictionary<string, Func<byte[], Document?>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = PlainText.Read,
        [".markdown"] = PlainText.Read,
        [".txt"] = PlainText.Read,
        [".html"] = HtmlText.Read,
        [".htm"] = HtmlText.Read,
        [".pdf"] = PdfText.Read,
    };

    /// <summary>The names of the formats, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Readers.Keys);

    public static bool Knows(string file) => Readers.ContainsKey(Path.GetExtension(file));

    /// <summary>Returns the text; null where the content is not what the name says.</summary>
    public static Document? Read(string file, byte[] content) => Readers[Path.GetExtension(file)](content);
}
