using RagConsole.Documents.Html;

namespace RagConsole.Documents;

/// <summary>Reads the text of a file in the format of its extension.</summary>
internal static class DocumentFormat
{
    /// <summary>The version of the readers. Increase it after a change to a reader, so that unchanged files are read again.</summary>
    public const int Version = 2;

    private static readonly Dictionary<string, Func<byte[], ReadResult>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = ReadText,
        [".markdown"] = ReadText,
        [".txt"] = ReadText,
        [".html"] = HtmlText.Read,
        [".htm"] = HtmlText.Read,
        [".pdf"] = PdfText.Read,
    };

    /// <summary>Gets the supported extensions for messages.</summary>
    public static string Names { get; } = string.Join(", ", Readers.Keys);

    /// <summary>Determines whether the extension of a file is supported.</summary>
    public static bool Supports(string file) => Readers.ContainsKey(Path.GetExtension(file));

    /// <summary>Determines whether a format has a parser, whose work can grow much faster than the file.</summary>
    public static bool HasParser(string file) => Readers[Path.GetExtension(file)] != ReadText;

    /// <summary>Determines whether the text of a file has headings in Markdown style.</summary>
    public static bool HasHeadings(string file) => Path.GetExtension(file).ToUpperInvariant() is not (".TXT" or ".PDF");

    /// <summary>Determines whether the lines of a format are pages.</summary>
    public static bool IsPaged(string file) => Path.GetExtension(file).Equals(".pdf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the place of a text for users: pages of a PDF, lines of a text file, and only the file for a web page.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="first">The first line, or the first page of a PDF.</param>
    /// <param name="last">The last line or page.</param>
    public static string DescribePlace(string file, int first, int last) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PDF" when first == last => $"{file}, p. {first}",
        ".PDF" => $"{file}, pp. {first}-{last}",
        ".HTML" or ".HTM" => file,
        _ => $"{file}:{first}-{last}",
    };

    /// <summary>Returns the text of a file, or the reason why it is skipped.</summary>
    public static ReadResult Read(string file, byte[] content) => Readers[Path.GetExtension(file)](content);

    private static ReadResult ReadText(byte[] content)
    {
        var decoded = TextDecoder.Decode(content);
        return decoded.Text is null
            ? ReadResult.Reject(decoded.Remark!)
            : ReadResult.Create(new Document(decoded.Text), "it contains only white space.", decoded.Remark);
    }
}
