using RagConsole.Documents.Books;
using RagConsole.Documents.Html;
using RagConsole.Documents.Mail;
using RagConsole.Documents.Office;

namespace RagConsole.Documents;

/// <summary>Reads the text of a file in the format of its name.</summary>
internal static class DocumentFormats
{
    /// <summary>The version of the readers. Increase it after a change to a reader, so that unchanged files are read again.</summary>
    public const int Version = 3;

    private static readonly Format Text = new(content => ReadText(content, isCode: false));
    private static readonly Format Code = new(content => ReadText(content, isCode: true)) { HasHeadings = false };

    private static readonly Dictionary<string, Format> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = Text,
        [".markdown"] = Text,
        [".txt"] = Text with { HasHeadings = false },
        [".html"] = new(HtmlText.Read, HasParser: true),
        [".htm"] = new(HtmlText.Read, HasParser: true),
        [".pdf"] = new(PdfText.Read, HasParser: true) { HasHeadings = false },
        [".docx"] = new(WordText.Read, HasParser: true),
        [".docm"] = new(WordText.Read, HasParser: true),
        [".pptx"] = new(PowerPointText.Read, HasParser: true),
        [".pptm"] = new(PowerPointText.Read, HasParser: true),
        [".epub"] = new(EpubText.Read, HasParser: true),
        [".eml"] = new(MailText.ReadMessage, HasParser: true),
        [".mbox"] = new(MailText.ReadMailbox, HasParser: true),
    };

    /// <summary>Gets the supported kinds of files for messages.</summary>
    public static string Names => "text, Markdown, HTML, PDF, Word, PowerPoint, EPUB, mail or source code files";

    /// <summary>Determines whether a file is supported by its name.</summary>
    public static bool Supports(string file) => Find(file) is not null;

    /// <summary>Determines whether a format has a parser, whose work can grow much faster than the file.</summary>
    public static bool HasParser(string file) => Get(file).HasParser;

    /// <summary>Determines whether the text of a file has headings in Markdown style.</summary>
    public static bool HasHeadings(string file) => Get(file).HasHeadings;

    /// <summary>Determines whether programs can open a file at one of its pages.</summary>
    public static bool IsPaged(string file) => Path.GetExtension(file).Equals(".pdf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the text of a file, or the reason why it is skipped.</summary>
    /// <exception cref="Exception">The file is damaged. Parsers can throw anything.</exception>
    public static ReadResult Read(string file, byte[] content)
    {
        try
        {
            return Get(file).Read(content);
        }
        catch (UnreadableDocumentException error)
        {
            return ReadResult.Reject(error.Message);
        }
    }

    private static Format Get(string file) => Find(file) ?? throw new ArgumentException($"The file {file} is not supported.", nameof(file));

    private static Format? Find(string file) =>
        CodeFiles.Contains(file) ? Code
        : CodeFiles.IsMarkup(file) ? Text with { HasHeadings = false }
        : Formats.GetValueOrDefault(Path.GetExtension(file));

    private static ReadResult ReadText(byte[] content, bool isCode)
    {
        var decoded = TextDecoder.Decode(content);
        return decoded.Text is null
            ? ReadResult.Reject(decoded.Remark!)
            : ReadResult.Create(new Document(decoded.Text) { IsCode = isCode }, "it contains only white space.", decoded.Remark);
    }

    private sealed record Format(Func<byte[], ReadResult> Read, bool HasParser = false)
    {
        public bool HasHeadings { get; init; } = true;
    }
}
