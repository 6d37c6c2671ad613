using RagConsole.Documents.Html;

namespace RagConsole.Documents;

/// <summary>Reads the text of a file in the format of its extension.</summary>
internal static class DocumentFormat
{
    /// <summary>The version of the readers. Increase it after a change to a reader, so that unchanged files are read again.</summary>
    public const int Version = 1;

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
